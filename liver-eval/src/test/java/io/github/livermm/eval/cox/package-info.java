/** Tests of the partial-likelihood engine. */
@org.jspecify.annotations.NullMarked
package io.github.livermm.eval.cox;
