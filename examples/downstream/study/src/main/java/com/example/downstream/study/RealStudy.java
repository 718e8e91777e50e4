package com.example.downstream.study;
public final class RealStudy { public static void main(String[] a) { System.out.println(a[0]); } }
