package org.chancery.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.chancery.protocol.json.JsonObject;

/// Structured logs on standard error: one JSON object a line. Nobody logs content, tokens or
/// passwords, so nothing is filtered here.
final class Logs {
    // Held here, as the logging system forgets settings of loggers that nobody holds.
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private Logs() {}

    static void start() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        ConsoleHandler console = new ConsoleHandler();
        console.setFormatter(new Lines());
        root.addHandler(console);
        root.setLevel(Level.INFO);
        JETTY.setLevel(Level.WARNING);
    }

    private static final class Lines extends Formatter {
        @Override
        public String format(LogRecord entry) {
            JsonObject line =
                    JsonObject.EMPTY
                            .with("time", entry.getInstant().toString())
                            .with("level", entry.getLevel().getName())
                            .with("from", String.valueOf(entry.getLoggerName()))
                            .with("message", formatMessage(entry));
            if (entry.getThrown() != null) {
                StringWriter trace = new StringWriter();
                entry.getThrown().printStackTrace(new PrintWriter(trace));
                line = line.with("trace", trace.toString());
            }
            return line + "\n";
        }
    }
}
