package org.chancery.api.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.FileAnswer;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.kernel.StoreFailure;
import org.chancery.homeserver.media.BlobStore;
import org.chancery.homeserver.media.Media;
import org.chancery.homeserver.media.MediaFile;
import org.chancery.homeserver.media.Reservation;
import org.chancery.homeserver.media.Thumbnail;
import org.chancery.homeserver.media.ThumbnailSize;
import org.chancery.homeserver.media.Thumbnails;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonObject;

/// Upload, and download and thumbnails for who is signed in (client-server API, "Content
/// repository").
public final class MediaEndpoints {
    private static final String DOWNLOAD = "/_matrix/client/v1/media/download/{server}/{mediaId}";

    /// What a browser may show in place; everything else is offered as a file.
    private static final Set<String> INLINE =
            Set.of(
                    "audio/aac",
                    "audio/flac",
                    "audio/mp4",
                    "audio/mpeg",
                    "audio/ogg",
                    "audio/wav",
                    "audio/webm",
                    "image/avif",
                    "image/gif",
                    "image/jpeg",
                    "image/png",
                    "image/webp",
                    "text/css",
                    "text/csv",
                    "text/plain",
                    "video/mp4",
                    "video/ogg",
                    "video/webm");

    private static final String SANDBOX =
            "sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf;"
                    + " style-src 'unsafe-inline'; object-src 'self';";

    static final Endpoint CONFIG =
            Endpoint.get("/_matrix/client/v1/media/config").aliases("/_matrix/media/v3/config");
    static final Endpoint DOWNLOAD_FILE =
            Endpoint.get(DOWNLOAD + "/{fileName}")
                    .aliases(DOWNLOAD)
                    .mayAnswer(
                            MatrixError.NotFound.class,
                            MatrixError.NotYetUploaded.class,
                            MatrixError.InvalidParam.class);
    static final Endpoint THUMBNAIL =
            Endpoint.get("/_matrix/client/v1/media/thumbnail/{server}/{mediaId}")
                    .limit(LimitClass.MEDIA)
                    .mayAnswer(
                            MatrixError.NotFound.class,
                            MatrixError.NotYetUploaded.class,
                            MatrixError.InvalidParam.class,
                            MatrixError.MissingParam.class,
                            MatrixError.TooLarge.class,
                            MatrixError.LimitExceeded.class,
                            MatrixError.Unknown.class);
    static final Endpoint CREATE =
            Endpoint.post("/_matrix/media/v1/create")
                    .limit(LimitClass.MEDIA)
                    .mayAnswer(MatrixError.LimitExceeded.class);

    private final Media media;
    private final Thumbnails thumbnails;
    private final ServerName server;
    private final long bytesMax;

    public MediaEndpoints(Media media, Thumbnails thumbnails, ServerName server, long bytesMax) {
        this.media = media;
        this.thumbnails = thumbnails;
        this.server = server;
        this.bytesMax = bytesMax;
    }

    public List<Route> routes() {
        Endpoint upload =
                carryingFiles(Endpoint.post("/_matrix/media/v3/upload"))
                        .mayAnswer(MatrixError.TooLarge.class, MatrixError.InvalidParam.class);
        Endpoint uploadTo =
                carryingFiles(Endpoint.put("/_matrix/media/v3/upload/{server}/{mediaId}"))
                        .mayAnswer(
                                MatrixError.TooLarge.class,
                                MatrixError.InvalidParam.class,
                                MatrixError.Forbidden.class,
                                MatrixError.NotFound.class,
                                MatrixError.CannotOverwriteMedia.class);
        return List.of(
                CONFIG.by(this::config),
                upload.by(this::upload),
                CREATE.by(this::create),
                uploadTo.by(this::uploadTo),
                DOWNLOAD_FILE.by(this::download),
                THUMBNAIL.by(this::thumbnail));
    }

    private Endpoint carryingFiles(Endpoint endpoint) {
        return endpoint.limit(LimitClass.MEDIA)
                .bodyMax((int) Math.min(bytesMax, Integer.MAX_VALUE));
    }

    private Response config(Request request) {
        return Response.json(JsonObject.EMPTY.with("m.upload.size", bytesMax));
    }

    private Response upload(Request request) {
        request.session().requireNotSuspended();
        try (var body = request.body()) {
            MediaFile file =
                    media.upload(
                            request.session().user(),
                            contentType(request),
                            fileName(request),
                            body);
            return Response.json(JsonObject.of("content_uri", uri(file.id())));
        } catch (IOException e) {
            throw new StoreFailure("an upload could not be kept", e);
        }
    }

    private static String contentType(Request request) {
        return request.contentType().orElse("application/octet-stream");
    }

    private static Optional<String> fileName(Request request) {
        return request.query("filename").filter(name -> !name.isEmpty());
    }

    private String uri(String id) {
        return "mxc://" + server + "/" + id;
    }

    private Response create(Request request) {
        request.session().requireNotSuspended();
        Reservation reservation = media.reserve(request.session().user());
        return Response.json(
                JsonObject.of("content_uri", uri(reservation.id()))
                        .with("unused_expires_at", reservation.expiresTs()));
    }

    private Response uploadTo(Request request) {
        request.session().requireNotSuspended();
        requireOurs(request);
        try (var body = request.body()) {
            media.uploadTo(
                    request.path("mediaId"),
                    request.session().user(),
                    contentType(request),
                    fileName(request),
                    body);
            return Response.ok();
        } catch (IOException e) {
            throw new StoreFailure("an upload could not be kept", e);
        }
    }

    private void requireOurs(Request request) {
        if (!request.path("server").equals(server.value())) {
            throw new MatrixError.NotFound("No such file").asException();
        }
    }

    private Response download(Request request) {
        MediaFile file = file(request);
        Optional<String> name =
                Optional.of(request.path("fileName"))
                        .filter(given -> !given.isEmpty())
                        .or(file::fileName);
        return answer(request, file.contentType(), file.blob(), () -> media.open(file))
                .with("Content-Disposition", disposition(file.contentType(), name));
    }

    private Response thumbnail(Request request) {
        long width = length(request, "width");
        long height = length(request, "height");
        String wanted = request.query("method").orElse(ThumbnailSize.Method.SCALE.text());
        ThumbnailSize.Method method =
                ThumbnailSize.Method.of(wanted)
                        .orElseThrow(
                                () ->
                                        new MatrixError.InvalidParam("method is scale or crop")
                                                .asException());
        boolean _ = request.queryFlag("animated"); // A picture that moves not is always in order.
        MediaFile file = file(request);
        Thumbnail thumbnail =
                ThumbnailSize.covering(width, height, method)
                        .map(size -> thumbnails.of(file, size))
                        .orElseGet(() -> thumbnails.original(file));
        String type = thumbnail.contentType();
        return answer(request, type, thumbnail.blob(), () -> thumbnails.open(thumbnail))
                .with(
                        "Content-Disposition",
                        "inline; filename=\"thumbnail." + type.substring("image/".length()) + '"');
    }

    private static long length(Request request, String name) {
        long length = request.queryLong(name).orElseThrow(() -> Fields.missing(name));
        if (length == 0) {
            throw new MatrixError.InvalidParam(name + " must be more than zero").asException();
        }
        return length;
    }

    /// The file in the path; if it is still to come, waited for.
    private MediaFile file(Request request) {
        requireOurs(request);
        Duration patience =
                Duration.ofMillis(
                        request.queryLong("timeout_ms").orElse(Media.WAIT_MAX.toMillis()));
        return media.await(request.path("mediaId"), patience);
    }

    /// A file, or the part of it that is asked for. It never changes, so its hash is its tag.
    private static Response answer(
            Request request, String type, BlobStore.Blob blob, Supplier<InputStream> bytes) {
        return FileAnswer.of(request, type, '"' + blob.name() + '"', blob.length(), bytes)
                .with("Content-Security-Policy", SANDBOX)
                .with("Cross-Origin-Resource-Policy", "cross-origin")
                .with("Cache-Control", "private, max-age=31536000, immutable");
    }

    /// RFC 6266; the name in the form of RFC 8187.
    private static String disposition(String contentType, Optional<String> name) {
        String bare = contentType.split(";", 2)[0].strip();
        String shown = INLINE.contains(bare) ? "inline" : "attachment";
        return name.map(
                        it ->
                                shown
                                        + "; filename*=utf-8''"
                                        + URLEncoder.encode(it, StandardCharsets.UTF_8)
                                                .replace("+", "%20"))
                .orElse(shown);
    }
}
