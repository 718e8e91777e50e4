// SPDX-License-Identifier: Apache-2.0
/**
 * Brings the phases of one patient onto each other: start at {@link
 * io.github.livermm.imaging.registration.Registration}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.registration;
