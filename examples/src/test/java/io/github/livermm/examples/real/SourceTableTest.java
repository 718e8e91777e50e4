// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that cells arrive as text, quotation marks included, and that damage is named. */
class SourceTableTest {
    @TempDir Path folder;

    private SourceTable read(String text) throws IOException {
        return SourceTable.read(Files.writeString(folder.resolve("table.csv"), text));
    }

    @Test
    void readsQuotedCellsAndByteOrderMark() throws IOException {
        SourceTable table = read("\uFEFFid,word\r\n1,\"a, \"\"b\"\"\nc\"\r\n2, 007 ");

        assertThat(table.size()).isEqualTo(2);
        assertThat(table.cell(0, "word")).isEqualTo("a, \"b\"\nc");
        assertThat(table.cell(1, "word")).isEqualTo("007");
    }

    @Test
    void rejectsRowOfAnotherWidth() {
        assertThatThrownBy(() -> read("id,word\n1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("table.csv row 2 has 1 cells, the header has 2");
    }

    @Test
    void rejectsOpenQuotationMark() {
        assertThatThrownBy(() -> read("id,word\n1,\"a\n")).hasMessageContaining("cut off");
    }

    @Test
    void rejectsEmptyFile() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty");
    }

    @Test
    void namesAbsentColumn() throws IOException {
        SourceTable table = read("id\n1\n");

        assertThatThrownBy(() -> table.cell(0, "age")).hasMessageContaining("no column age");
    }

    @Test
    void rejectsIdThatStandsTwice() throws IOException {
        SourceTable table = read("id\n1\n1\n");

        assertThatThrownBy(() -> table.index("id"))
                .hasMessageContaining("row 3, column id: 1 stands there twice");
    }

    @Test
    void tellsWhereAnUnexpectedWordStands() throws IOException {
        assertThat(read("sex\nX\n").unexpected(0, "sex", "F or M"))
                .hasMessage("table.csv row 2, column sex: found \"X\", expected F or M");
    }
}
