// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README compiles as it stands there, and its links lead somewhere. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void theExampleCompiles(@TempDir Path folder) throws Exception {
        Matcher block =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(block.find()).isTrue();
        Path source = folder.resolve("Readme.java");
        Files.writeString(
                source,
                "import io.github.livermm.eval.*;\nimport io.github.livermm.eval.plot.*;\n"
                        + "import java.nio.file.*;\n"
                        + "class Readme { void run() throws Exception {\n"
                        + block.group(1)
                        + "}}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjects(source);
            boolean compiled =
                    compiler.getTask(
                                    problems,
                                    files,
                                    null,
                                    List.of(
                                            "-proc:none",
                                            "-classpath",
                                            classPath,
                                            "-d",
                                            folder.toString()),
                                    null,
                                    units)
                            .call();
            assertThat(compiled).as(problems.toString()).isTrue();
        }
    }

    @Test
    void everyLinkToAFileLeadsSomewhere() throws Exception {
        for (String page : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
            Matcher link =
                    Pattern.compile("\\]\\((?!http)([^)#]+)\\)")
                            .matcher(Files.readString(ROOT.resolve(page)));
            while (link.find()) {
                assertThat(ROOT.resolve(link.group(1))).as(page).exists();
            }
        }
    }
}
