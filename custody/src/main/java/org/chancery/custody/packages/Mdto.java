package org.chancery.custody.packages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.ledger.export.Opened;

/// Descriptions of an export in MDTO-XML 1.0.1, the National Archive's: one document for the record
/// (`informatieobject`), one for each file of it (`bestand`).
final class Mdto {
    private static final String NAMESPACE = "https://www.nationaalarchief.nl/mdto";
    private static final String SCHEMA = NAMESPACE + " " + NAMESPACE + "/MDTO-XML1.0.1.xsd";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    private Mdto() {}

    /// The record itself.
    static byte[] record(Description of, CaseEntry entry, Opened opened, String files) {
        Xml xml = begin().begin("informatieobject");
        identity(xml, of.id(), of.source());
        xml.text("naam", of.title());
        concept(xml, "aggregatieniveau", "Dossier", "", "Begrippenlijst Aggregatieniveaus MDTO");
        xml.text(
                "omschrijving",
                opened.read()
                        + " of "
                        + opened.encrypted()
                        + " encrypted messages read; opened for case "
                        + entry.ground().reference());
        xml.begin("dekkingInTijd");
        concept(xml, "dekkingInTijdType", "Looptijd", "", "Begrippenlijst DekkingInTijd");
        xml.text("dekkingInTijdBegindatum", day(opened.from()));
        xml.text("dekkingInTijdEinddatum", day(opened.until() - 1));
        xml.end();
        xml.begin("event");
        concept(xml, "eventType", "Export", "", "Begrippenlijst EventTypeLijst MDTO");
        xml.text("eventTijd", TIME.format(of.madeAt()));
        xml.end();
        concept(
                xml,
                "waardering",
                of.appraisal().label(),
                of.appraisal().name(),
                "Begrippenlijst Waarderingen MDTO");
        xml.begin("heeftRepresentatie").text("verwijzingNaam", files).end();
        xml.begin("aanvullendeMetagegevens");
        xml.text("verwijzingNaam", "room/events.jsonl").end();
        xml.begin("archiefvormer").text("verwijzingNaam", of.creator()).end();
        xml.begin("beperkingGebruik");
        concept(
                xml,
                "beperkingGebruikType",
                of.restriction(),
                "",
                "Begrippenlijst BeperkingGebruik");
        xml.end();
        return xml.end().end().bytes();
    }

    /// One file.
    static byte[] file(Description of, PackedFile file) {
        Xml xml = begin().begin("bestand");
        identity(xml, of.id() + "/" + file.path(), of.source());
        xml.text("naam", file.name());
        xml.text("omvang", Long.toString(file.length()));
        PackedFile.Format format = file.format();
        concept(xml, "bestandsformaat", format.label(), format.code(), "PRONOM-register");
        xml.begin("checksum");
        concept(xml, "checksumAlgoritme", "SHA-512", "", "Begrippenlijst ChecksumAlgoritme MDTO");
        xml.text("checksumWaarde", file.sha512());
        xml.text("checksumDatum", TIME.format(of.madeAt()));
        xml.end();
        xml.begin("isRepresentatieVan").text("verwijzingNaam", of.title());
        xml.begin("verwijzingIdentificatie");
        xml.text("identificatieKenmerk", of.id()).text("identificatieBron", of.source());
        return xml.end().end().end().end().bytes();
    }

    private static Xml begin() {
        return new Xml()
                .begin(
                        "MDTO",
                        "xmlns",
                        NAMESPACE,
                        "xmlns:xsi",
                        "http://www.w3.org/2001/XMLSchema-instance",
                        "xsi:schemaLocation",
                        SCHEMA);
    }

    private static void identity(Xml xml, String id, String source) {
        xml.begin("identificatie");
        xml.text("identificatieKenmerk", id).text("identificatieBron", source).end();
    }

    private static void concept(Xml xml, String element, String label, String code, String list) {
        xml.begin(element).text("begripLabel", label);
        if (!code.isEmpty()) {
            xml.text("begripCode", code);
        }
        xml.begin("begripBegrippenlijst").text("verwijzingNaam", list).end().end();
    }

    private static String day(long millis) {
        return DAY.format(Instant.ofEpochMilli(Math.max(0, millis)));
    }
}
