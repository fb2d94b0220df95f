package org.chancery.custody.opening;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chancery.archive.dossier.EventLine;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.ledger.export.MemberLine;
import org.chancery.ledger.export.Opened;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The readable part of an export: one page of HTML that needs no network and no other file, and
/// that searches within itself. Its policy lets only its own style and its own script run, named by
/// their hashes; whatever people wrote is text.
final class Page {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1b1b1b;--page:#fff;--line:#8a8a8a;--mark:#0b5cad}
            @media(prefers-color-scheme:dark){:root{--ink:#eee;--page:#161616;--mark:#8ec1ff}}
            body{margin:0 auto;max-width:60rem;padding:1rem;color:var(--ink);background:var(--page);
            font:1rem/1.5 system-ui,sans-serif}
            header,section{margin-bottom:2rem}
            article{border-top:1px solid var(--line);padding:.5rem 0;content-visibility:auto;
            contain-intrinsic-size:auto 6rem}
            article p,dd{white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0}
            time,small,summary{font-size:.875rem}
            table{border-collapse:collapse}td,th{border:1px solid var(--line);padding:.25rem .5rem;
            text-align:left;overflow-wrap:anywhere}
            input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem}
            a{color:var(--mark)}[hidden]{display:none}
            :focus-visible{outline:3px solid var(--mark);outline-offset:2px}
            """;
    private static final String SCRIPT =
            """
            const box=document.getElementById("search"),told=document.getElementById("told");
            const all=[...document.querySelectorAll("article")];
            const texts=all.map(one=>one.textContent.toLowerCase());
            box.addEventListener("input",()=>{
              const words=box.value.toLowerCase().split(/\\s+/).filter(word=>word);
              let shown=0;
              all.forEach((one,i)=>{
                const hit=words.every(word=>texts[i].includes(word));
                one.hidden=!hit;
                if(hit)shown++;
              });
              told.textContent=shown+" of "+all.length+" entries";
            });
            """;

    private final CaseEntry entry;
    private final RoomOpening.Result result;
    private final Map<EventId, OpenedMessage> messages = new HashMap<>();
    private final Map<EventId, Opened.Unread> unread = new HashMap<>();
    private final Map<EventId, EventId> withdrawn = new HashMap<>();
    private final Map<UserId, String> names = new HashMap<>();
    private final Places places;
    private final SafeHtml html = new SafeHtml();

    /// Where each event was committed to before the opening.
    interface Places {
        /// The number of the room's leaf with the event, and its place in the log.
        String of(EventId event);
    }

    private Page(CaseEntry entry, RoomOpening.Result result, Places places) {
        this.entry = entry;
        this.result = result;
        this.places = places;
        result.messages().forEach(message -> messages.put(message.event(), message));
        result.opened().unread().forEach(gap -> unread.put(gap.event(), gap));
        result.events()
                .forEach(e -> e.redacts().ifPresent(gone -> withdrawn.put(gone, e.eventId())));
    }

    static byte[] of(CaseEntry entry, RoomOpening.Result result, Places places) {
        return new Page(entry, result, places).write();
    }

    private byte[] write() {
        String policy =
                "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '"
                        + hash(STYLE)
                        + "'; script-src '"
                        + hash(SCRIPT)
                        + "'";
        html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width\">\n");
        html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
        html.raw("<title>Opened record</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n");
        head();
        CompletenessText.write(html, result);
        members();
        html.raw("<main>\n<h2>What was said</h2>\n");
        html.raw("<label for=\"search\">Search in this page</label>\n");
        html.raw("<input id=\"search\" type=\"search\" autocomplete=\"off\">\n");
        html.raw("<p id=\"told\" role=\"status\"></p>\n");
        result.lines().forEach(this::line);
        html.raw("</main>\n<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
        return html.toString().getBytes(UTF_8);
    }

    private void head() {
        html.raw("<header>\n<h1>Opened record</h1>\n<table>\n");
        row("Case", entry.ground().reference());
        row("Kind", entry.ground().kind().toString().replace('_', ' '));
        row("Article", entry.ground().article());
        row("Necessity", entry.ground().necessity());
        row("Requested by", entry.signers().requester().name());
        row("Approved by", entry.signers().approver().name());
        row("Room", room());
        row("From", TIME.format(Instant.ofEpochMilli(result.opened().from())));
        row("Until", TIME.format(Instant.ofEpochMilli(result.opened().until())));
        html.raw("</table>\n</header>\n");
    }

    private String room() {
        return result.events().isEmpty() ? "" : result.events().getFirst().roomId().value();
    }

    private void row(String what, String value) {
        html.raw("<tr><th scope=\"row\">" + what + "</th><td>").apart(value).raw("</td></tr>\n");
    }

    private void members() {
        html.raw("<section>\n<h2>Members</h2>\n<table>\n<tr><th>When</th><th>Who</th>");
        html.raw("<th>Name then shown</th><th>What</th></tr>\n");
        for (Pdu event : result.events()) {
            MemberLine.of(event).ifPresent(this::member);
        }
        html.raw("</table>\n</section>\n");
    }

    private void member(MemberLine line) {
        html.raw("<tr><td>" + TIME.format(Instant.ofEpochMilli(line.at())) + "</td><td>");
        html.apart(line.user()).raw("</td><td>").apart(line.name()).raw("</td><td>");
        html.apart(line.membership()).raw("</td></tr>\n");
    }

    private void line(EventLine line) {
        if (line instanceof EventLine.Disposed(EventId event, _)) {
            html.raw("<article><p>Disposed of under the retention schedule.</p><small>");
            html.apart(event.value()).raw("</small></article>\n");
        }
        if (line instanceof EventLine.Kept(JsonObject json)) {
            Pdu event = Pdu.parse(json, result.events().getFirst().version());
            MemberLine.of(event).ifPresent(one -> rename(event, one));
            OpenedMessage message = messages.get(event.eventId());
            Opened.Unread gap = unread.get(event.eventId());
            if (message != null) {
                message(event, message);
            } else if (gap != null) {
                gap(event, gap);
            } else if (!event.type().equals(EventType.ENCRYPTED) && isInScope(event)) {
                clear(event);
            }
        }
    }

    private void rename(Pdu event, MemberLine line) {
        if (line.user().equals(event.sender().toString()) || !line.name().isEmpty()) {
            names.put(UserId.parse(line.user()), line.name());
        }
    }

    private boolean isInScope(Pdu event) {
        return event.originServerTs() >= result.opened().from()
                && event.originServerTs() < result.opened().until();
    }

    private void begin(Pdu event) {
        String name = names.getOrDefault(event.sender(), "");
        html.raw("<article>\n<p><b>").apart(name.isEmpty() ? event.sender().toString() : name);
        html.raw("</b> <small>").apart(event.sender().toString()).raw("</small> <time>");
        html.raw(TIME.format(Instant.ofEpochMilli(event.originServerTs()))).raw("</time></p>\n");
        EventId by = withdrawn.get(event.eventId());
        if (by != null) {
            html.raw("<p>Withdrawn later, by <small>").apart(by.value()).raw("</small></p>\n");
        }
    }

    private void message(Pdu event, OpenedMessage message) {
        begin(event);
        JsonObject content = message.plain().object("content").orElse(JsonObject.EMPTY);
        relation(content);
        String body =
                content.object("m.new_content")
                        .flatMap(edit -> edit.string("body"))
                        .or(() -> content.string("body"))
                        .orElseGet(content::toString);
        html.raw("<p>").apart(body).raw("</p>\n");
        for (Attachment file : Attachment.of(message.plain())) {
            attachment(file);
        }
        attribution(event, message);
        html.raw("</article>\n");
    }

    private void relation(JsonObject content) {
        Optional<JsonObject> relation = content.object("m.relates_to");
        relation.flatMap(r -> r.string("event_id"))
                .ifPresent(
                        to -> {
                            String how = relation.flatMap(r -> r.string("rel_type")).orElse("");
                            String edits = how.equals("m.replace") ? "Edits " : "Belongs to ";
                            html.raw("<p><small>" + edits).apart(to).raw("</small></p>\n");
                        });
        relation.flatMap(r -> r.object("m.in_reply_to"))
                .flatMap(r -> r.string("event_id"))
                .ifPresent(to -> html.raw("<p><small>Answers ").apart(to).raw("</small></p>\n"));
    }

    private void attachment(Attachment file) {
        String path = result.files().get(file.mxc());
        if (path == null) {
            html.raw("<p>File that is not here: ").apart(file.name()).raw(" ").apart(file.mxc());
            html.raw("</p>\n");
        } else {
            html.raw("<p>File: <a download href=\"").text(path).raw("\">").apart(file.name());
            html.raw("</a></p>\n");
        }
    }

    /// The four lines on who sent it.
    private void attribution(Pdu event, OpenedMessage message) {
        html.raw("<details><summary>Who sent this</summary><dl>\n<dt>Megolm signature valid</dt>");
        html.raw("<dd>yes: message " + message.session().index() + " of session ");
        html.apart(message.session().id()).raw("</dd>\n<dt>Committed before opening</dt><dd>");
        html.apart(places.of(event.eventId())).raw("</dd>\n<dt>Olm sender verified</dt><dd>");
        html.raw(message.sender().olm() ? "attested by the reading room: device key " : "no: ");
        html.apart(message.sender().ed25519()).raw("</dd>\n<dt>Identity unchanged since</dt><dd>");
        html.raw(
                switch (message.sender().identity()) {
                    case UNCHANGED -> "yes, by the log of device keys";
                    case CHANGED -> "no: the sender's cross-signing keys have changed";
                    case NOT_LOGGED -> "not known: no such device is in the log";
                });
        html.raw("</dd>\n<dt>Event</dt><dd>").apart(event.eventId().value());
        html.raw("</dd>\n</dl></details>\n");
    }

    private void gap(Pdu event, Opened.Unread gap) {
        begin(event);
        html.raw("<p>Not read: ").text(CompletenessText.words(gap.cause())).raw(" <small>");
        html.apart(gap.detail()).raw(" ").apart(gap.event().value());
        html.raw("</small></p>\n</article>\n");
    }

    /// What was never encrypted: reactions, withdrawals, and what changed the room.
    private void clear(Pdu event) {
        begin(event);
        html.raw("<p><small>Not encrypted: ").apart(event.type()).raw(" ");
        html.apart(event.content().toString()).raw("</small></p>\n</article>\n");
    }

    private static String hash(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 in this runtime", e);
        }
    }
}
