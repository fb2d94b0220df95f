package org.chancery.custody.packages;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// An information package of E-ARK (CSIP 2): one METS document that lists every file. The numbers
/// in
/// comments are those of the specification's requirements.
final class Csip {
    private static final String PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final Description of;
    private final String time;
    private final Xml xml = new Xml();
    private int files;

    private Csip(Description of) {
        this.of = of;
        this.time = TIME.format(of.madeAt());
    }

    /// What lies in the package.
    ///
    /// @param descriptive descriptions under `metadata/descriptive`
    record Parts(
            List<PackedFile> descriptive,
            List<PackedFile> documentation,
            List<PackedFile> schemas,
            List<PackedFile> representation) {}

    /// Writes the METS document of the package.
    static void finish(Path root, Description of, Parts parts) throws IOException {
        PackedFile.write(root, "METS.xml", new Csip(of).mets(parts));
    }

    private byte[] mets(Parts parts) {
        xml.begin(
                "mets",
                "xmlns",
                "http://www.loc.gov/METS/",
                "xmlns:csip",
                "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
                "xmlns:xlink",
                "http://www.w3.org/1999/xlink",
                "OBJID", // CSIP1
                of.id(),
                "TYPE", // CSIP2
                "OTHER",
                "csip:OTHERTYPE",
                "Record of a conversation",
                "csip:CONTENTINFORMATIONTYPE", // CSIP4
                "MIXED",
                "PROFILE", // CSIP6
                PROFILE);
        header();
        for (int i = 0; i < parts.descriptive().size(); i++) {
            descriptive(i, parts.descriptive().get(i));
        }
        xml.begin("fileSec", "ID", "files");
        group("Documentation", parts.documentation());
        group("Schemas", parts.schemas());
        group("Representations", parts.representation());
        xml.end();
        structure(parts.descriptive().size());
        return xml.end().bytes();
    }

    /// CSIP117 and CSIP7 to CSIP16.
    private void header() {
        xml.begin(
                "metsHdr", "CREATEDATE", time, "LASTMODDATE", time, "csip:OAISPACKAGETYPE", "SIP");
        xml.begin("agent", "ROLE", "CREATOR", "TYPE", "OTHER", "OTHERTYPE", "SOFTWARE");
        xml.text("name", "Chancery").text("note", "0.1.0", "csip:NOTETYPE", "SOFTWARE VERSION");
        xml.end().end();
    }

    /// CSIP17 to CSIP30.
    private void descriptive(int number, PackedFile file) {
        xml.begin("dmdSec", "ID", "dmd-" + number, "CREATED", time, "STATUS", "CURRENT");
        xml.empty(
                "mdRef",
                "LOCTYPE",
                "URL",
                "xlink:type",
                "simple",
                "xlink:href",
                file.path(),
                "MDTYPE",
                "OTHER",
                "OTHERMDTYPE",
                "MDTO",
                "MIMETYPE",
                file.mimeType(),
                "SIZE",
                Long.toString(file.length()),
                "CREATED",
                time,
                "CHECKSUM",
                file.sha512(),
                "CHECKSUMTYPE",
                "SHA-512");
        xml.end();
    }

    /// CSIP60 to CSIP79.
    private void group(String use, List<PackedFile> of) {
        String id = "group-" + use.toLowerCase(Locale.ROOT);
        if (use.equals("Representations")) {
            xml.begin("fileGrp", "ID", id, "USE", use, "csip:CONTENTINFORMATIONTYPE", "MIXED");
        } else {
            xml.begin("fileGrp", "ID", id, "USE", use);
        }
        for (PackedFile file : of) {
            xml.begin(
                    "file",
                    "ID",
                    "file-" + files++,
                    "MIMETYPE",
                    file.mimeType(),
                    "SIZE",
                    Long.toString(file.length()),
                    "CREATED",
                    time,
                    "CHECKSUM",
                    file.sha512(),
                    "CHECKSUMTYPE",
                    "SHA-512");
            xml.empty(
                    "FLocat", "LOCTYPE", "URL", "xlink:type", "simple", "xlink:href", file.path());
            xml.end();
        }
        xml.end();
    }

    /// CSIP80 to CSIP119.
    private void structure(int descriptions) {
        xml.begin("structMap", "ID", "structure", "TYPE", "PHYSICAL", "LABEL", "CSIP");
        xml.begin("div", "ID", "div-package", "LABEL", of.id());
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < descriptions; i++) {
            all.append(i == 0 ? "" : " ").append("dmd-").append(i);
        }
        xml.empty("div", "ID", "div-metadata", "LABEL", "Metadata", "DMDID", all.toString());
        for (String use : List.of("Documentation", "Schemas", "Representations")) {
            String name = use.toLowerCase(Locale.ROOT);
            xml.begin("div", "ID", "div-" + name, "LABEL", use);
            xml.empty("fptr", "FILEID", "group-" + name).end();
        }
        xml.end().end();
    }
}
