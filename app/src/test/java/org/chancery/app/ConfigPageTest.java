package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/configuration.md` is made from the keys. `./dev docs` writes it, this test compares it.
class ConfigPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "<!-- keys -->\n";
    private static final String END = "<!-- end of keys -->\n";

    @Test
    void the_page_tells_every_key_and_its_default() throws IOException {
        String page = new String(Files.readAllBytes(PAGE), UTF_8);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        String wanted = before + table() + after;

        if (Boolean.getBoolean("chancery.docs.write")) {
            Files.writeString(PAGE, wanted);
        }

        assertEquals(wanted, Files.readString(PAGE), "./dev docs mends it");
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| Key | Usually | Decides |\n|---|---|---|\n");
        for (Key key : Key.values()) {
            String usual = key.usual().isEmpty() ? "" : "`" + key.usual() + "`";
            table.append("| `%s` | %s | %s |\n".formatted(key.inFile(), usual, key.meaning()));
        }
        return table.toString();
    }
}
