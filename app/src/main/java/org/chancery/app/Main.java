package org.chancery.app;

import java.io.Console;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The verbs of the command line. `chancery serve` runs in the foreground and stops on SIGTERM;
/// `chancery user` asks a running server.
public final class Main {
    private static final int FAULT = 2;
    private static final Set<String> HELP = Set.of("help", "--help", "-h");

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args), System.getenv()));
    }

    private static int run(List<String> args, Map<String, String> environment) {
        boolean named = !args.isEmpty() && !args.getFirst().startsWith("-");
        String verb = named ? args.getFirst() : "serve";
        List<String> rest = named ? args.subList(1, args.size()) : args;
        boolean ofServe = verb.equals("serve") && rest.stream().anyMatch(HELP::contains);
        if (HELP.contains(verb) || ofServe) {
            return help();
        }
        return switch (verb) {
            case "serve" -> serve(rest, environment);
            case "user" -> UserCommand.run(rest, environment, Terminal.ofProcess());
            case "fsck" -> FsckCommand.run(rest, environment, Terminal.ofProcess());
            case "stock" -> StockCommand.run(rest, Terminal.ofProcess());
            case "case" -> CaseCommand.run(rest, Terminal.ofProcess());
            case "ceremony" -> {
                System.err.println(
                        "The server has no part in ceremonies: unpack chancery-custody on a machine"
                                + " of the custodians, see docs/ceremony.md.");
                yield FAULT;
            }
            default -> {
                System.err.println("unknown verb " + verb + "; try: chancery help");
                yield FAULT;
            }
        };
    }

    private static int serve(List<String> options, Map<String, String> environment) {
        try {
            return serve(Config.read(options, environment));
        } catch (ConfigFault e) {
            System.err.println("The server does not start:\n" + e.getMessage());
            return FAULT;
        } catch (IOException e) {
            System.err.println("The server does not start: " + e.getMessage());
            return 1;
        }
    }

    private static int serve(Config config) throws IOException {
        Logs.start();
        if (config.unsafeTestProfile()) {
            System.err.println(
                    """
                    *** UNSAFE TEST PROFILE: anyone can register, nothing is limited, passwords are
                    *** hashed cheaply, tokens are taken from URLs. Never use it with real people.\
                    """);
        }
        try (Homeserver server = Homeserver.start(config)) {
            Thread stopper = Thread.ofPlatform().name("stopper").unstarted(server::close);
            Runtime.getRuntime().addShutdownHook(stopper);
            System.err.println("Chancery is at " + server.url());
            if (isTerminal()) {
                server.firstAdministrator()
                        .ifPresent(link -> System.err.println("Set up this server: " + link));
            }
            server.awaitStop();
        }
        return 0;
    }

    /// A link that makes an administrator is shown to a person, never to a log.
    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static int help() {
        System.out.println(
                "chancery user --help               what administrators do with accounts");
        System.out.println("chancery stock --help              the stock of keys of record rooms");
        System.out.println("chancery case --help               the opening of sealed records");
        System.out.println("chancery serve [--config FILE] [--KEY VALUE ...]");
        for (Key key : Key.values()) {
            System.out.printf("  %-30s %s%n", key.option(), key.meaning());
            if (!key.usual().isEmpty()) {
                System.out.printf("  %-30s (usually %s)%n", "", key.usual());
            }
        }
        return 0;
    }
}
