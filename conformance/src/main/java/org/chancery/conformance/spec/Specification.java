package org.chancery.conformance.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The client-server API as its OpenAPI files state it.
public final class Specification {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");
    private static final Pattern ERRCODE = Pattern.compile("\\bM_[A-Z0-9]+(_[A-Z0-9]+)*\\b");

    /// Codes that only the prose names: "Common error codes", "Other error codes", and modules.
    private static final String OF_THE_PROSE =
            """
            M_APPSERVICE_LOGIN_UNSUPPORTED M_BAD_JSON M_BAD_STATE M_CANNOT_LEAVE_SERVER_NOTICE_ROOM
            M_CAPTCHA_INVALID M_CAPTCHA_NEEDED M_DUPLICATE_ANNOTATION M_EXCLUSIVE M_FORBIDDEN
            M_GUEST_ACCESS_FORBIDDEN M_INCOMPATIBLE_ROOM_VERSION M_INVALID_PARAM
            M_INVALID_ROOM_STATE M_INVALID_USERNAME M_INVITE_BLOCKED M_LIMIT_EXCEEDED
            M_MISSING_PARAM M_MISSING_TOKEN M_NOT_FOUND M_NOT_JSON M_RESOURCE_LIMIT_EXCEEDED
            M_ROOM_IN_USE M_SERVER_NOT_TRUSTED M_THREEPID_AUTH_FAILED M_THREEPID_DENIED
            M_THREEPID_IN_USE M_THREEPID_MEDIUM_NOT_SUPPORTED M_THREEPID_NOT_FOUND M_TOO_LARGE
            M_UNAUTHORIZED M_UNKNOWN M_UNKNOWN_DEVICE M_UNKNOWN_TOKEN M_UNRECOGNIZED
            M_UNSUPPORTED_ROOM_VERSION M_USER_DEACTIVATED M_USER_IN_USE M_USER_LIMIT_EXCEEDED
            M_USER_LOCKED M_USER_SUSPENDED M_WEAK_PASSWORD
            """;

    private final List<Operation> operations;
    private final Set<String> errcodes;
    private final Page error;
    private final Page interactive;

    private Specification(
            List<Operation> operations, Set<String> errcodes, Page error, Page interactive) {
        this.operations = List.copyOf(operations);
        this.errcodes = Set.copyOf(errcodes);
        this.error = error;
        this.interactive = interactive;
    }

    /// @param folder holds `api/client-server`
    public static Specification read(Path folder) throws IOException {
        Path api = folder.resolve("api/client-server").toRealPath();
        Page.Library library = new Page.Library();
        List<Operation> operations = new ArrayList<>();
        Set<String> errcodes = new TreeSet<>(List.of(OF_THE_PROSE.strip().split("\\s+", -1)));
        try (Stream<Path> files = Files.walk(api)) {
            for (Path file : files.sorted().toList()) {
                if (!file.toString().endsWith(".yaml")) {
                    continue;
                }
                Matcher codes = ERRCODE.matcher(Files.readString(file, StandardCharsets.UTF_8));
                while (codes.find()) {
                    errcodes.add(codes.group());
                }
                if (api.equals(file.getParent())) {
                    read(library.open(file), operations);
                }
            }
        }
        return new Specification(
                operations,
                errcodes,
                library.open(api.resolve("definitions/errors/error.yaml")),
                library.open(api.resolve("definitions/auth_response.yaml")));
    }

    private static void read(Page file, List<Operation> operations) {
        String base = file.node().at("/servers/0/variables/basePath/default").asText();
        file.node()
                .path("paths")
                .fieldNames()
                .forEachRemaining(
                        path -> {
                            Page shared = file.at("paths").at(path);
                            for (Map.Entry<String, ?> member : shared.node().properties()) {
                                String method = member.getKey();
                                if (METHODS.contains(method)) {
                                    Page page = shared.at(method);
                                    operations.add(
                                            new Operation(
                                                    page.node().path("operationId").asText(),
                                                    method.toUpperCase(Locale.ROOT),
                                                    base + path.strip(),
                                                    page,
                                                    shared));
                                }
                            }
                        });
    }

    public List<Operation> operations() {
        return operations;
    }

    /// The operation that a request is for.
    ///
    /// @param path as sent, without its query
    public Optional<Operation> find(String method, String path) {
        return found(method, path).or(() -> found(method, path + "/"));
    }

    /// The slash before an empty state key may be left out.
    private Optional<Operation> found(String method, String path) {
        List<String> segments = Operation.segments(path);
        return operations.stream()
                .filter(operation -> operation.matches(method, segments))
                .max(Comparator.comparingLong(Operation::literals));
    }

    /// The operation of a template, whatever its parameters are called.
    public Optional<Operation> ofTemplate(String method, String template) {
        String shape = shape(template);
        return operations.stream()
                .filter(it -> it.method().equals(method) && shape(it.path()).equals(shape))
                .findFirst();
    }

    private static String shape(String template) {
        return template.replaceAll("\\{[^}]*}", "{}");
    }

    boolean isErrcode(String code) {
        return errcodes.contains(code);
    }

    /// The standard error.
    Page error() {
        return error;
    }

    /// What user-interactive authentication answers.
    Page interactive() {
        return interactive;
    }
}
