package org.chancery.conformance.play;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.conformance.spec.Exchange;

/// A homeserver on which plays are given: its address, and the secret by which it lets people in.
public final class Stage {
    /// By which both servers let scripts make administrators.
    static final String REGISTER = "/_synapse/admin/v1/register";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_DUE = Duration.ofSeconds(60);

    private final String base;
    private final String secret;
    private final HttpClient http;

    public Stage(String base, String secret, HttpClient http) {
        this.base = base;
        this.secret = secret;
        this.http = http;
    }

    /// @param token empty if none
    /// @param target path and query, encoded
    Exchange say(String method, String target, String token, Said body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + target))
                        .timeout(ANSWER_DUE)
                        .method(
                                method,
                                body.type().isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body.bytes()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.type().isEmpty()) {
            request.header("Content-Type", body.type());
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new Exchange(
                new Exchange.Request(method, path, query(target), parsed(body)), answer(response));
    }

    /// @param type the media type; empty if there is no body
    /// @param text the body; that of a picture in base64
    record Said(String type, String text) {
        static final Said NOTHING = new Said("", "");

        byte[] bytes() {
            return type.startsWith("image/")
                    ? Base64.getDecoder().decode(text)
                    : text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static JsonNode parsed(Said body) {
        if (!body.type().equals("application/json")) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body.text());
        } catch (JsonProcessingException meantToBeWrong) {
            return MissingNode.getInstance();
        }
    }

    private static Exchange.Answer answer(HttpResponse<byte[]> response) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        String text = new String(response.body(), StandardCharsets.UTF_8);
        boolean json =
                headers.getOrDefault("content-type", "").startsWith("application/json")
                        && !text.isEmpty();
        JsonNode body = json ? JSON.readTree(text) : MissingNode.getInstance();
        return new Exchange.Answer(response.statusCode(), headers, body, json ? "" : text);
    }

    private static Map<String, String> query(String target) {
        Map<String, String> query = new HashMap<>();
        int mark = target.indexOf('?');
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.put(decoded(name), decoded(value));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// Makes an account and its first session, whose device is named after the user.
    ///
    /// @return the access token
    String register(String user, boolean admin) throws IOException, InterruptedException {
        if (admin) {
            registerAdmin(user);
        }
        String path = admin ? "/login" : "/register";
        String body =
                admin
                        ? """
                        {"type":"m.login.password","identifier":{"type":"m.id.user","user":"%s"},\
                        "password":"pw %s","device_id":"%s"}\
                        """
                                .formatted(user, user, device(user))
                        : """
                        {"username":"%s","password":"pw %s","device_id":"%s",\
                        "auth":{"type":"m.login.dummy"}}\
                        """
                                .formatted(user, user, device(user));
        Exchange made =
                say("POST", "/_matrix/client/v3" + path, "", new Said("application/json", body));
        JsonNode token = made.answer().body().path("access_token");
        if (!token.isTextual()) {
            throw new IOException("no account for " + user + ": " + made.answer());
        }
        named(user, token.asText());
        return token.asText();
    }

    /// Some servers give a first display name and some do not: both are right.
    private void named(String user, String token) throws IOException, InterruptedException {
        String path = "/_matrix/client/v3/profile/%40" + user + "%3Alocalhost/displayname";
        Said name = new Said("application/json", "{\"displayname\":\"" + user + "\"}");
        say("PUT", path, token, name);
    }

    static String device(String user) {
        return "DEVICE." + user;
    }

    private void registerAdmin(String user) throws IOException, InterruptedException {
        Exchange asked = say("GET", REGISTER, "", Said.NOTHING);
        String nonce = asked.answer().body().path("nonce").asText();
        String password = "pw " + user;
        String proof = proof(String.join("\0", nonce, user, password, "admin"));
        String body =
                """
                {"nonce":"%s","username":"%s","password":"%s","admin":true,"mac":"%s"}\
                """
                        .formatted(nonce, user, password, proof);
        Exchange made = say("POST", REGISTER, "", new Said("application/json", body));
        if (made.answer().status() != 200) {
            throw new IOException("no administrator " + user + ": " + made.answer());
        }
    }

    private String proof(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
