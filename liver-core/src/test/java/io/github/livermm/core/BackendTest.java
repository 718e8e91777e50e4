// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** The tests run on a backend that has oneDNN where the platform has it. */
class BackendTest {
    @Test
    void addsOnTheNativeBackend() {
        assertThat(Nd4j.ones(2, 3).sumNumber().doubleValue()).isEqualTo(6);
    }
}
