package org.chancery.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chancery.tlog.verify.MalformedPolicy;
import org.chancery.tlog.verify.Policy;

/// `verifier EXPORT POLICY`: checks the export in that folder, or a redacted file, against that
/// policy (C2SP
/// tlog-policy),
/// and prints the answer. Ends with 0 for yes, 1 for no, 2 where it could not begin.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var text = new StringBuilder();
        int status = run(args, text);
        System.out.print(text);
        System.exit(status);
    }

    /// The answer in words, and the exit code.
    public static int run(String[] args, StringBuilder out) {
        if (args.length != 2) {
            out.append("verifier EXPORT POLICY\n");
            return 2;
        }
        try {
            var policy = Policy.parse(Files.readAllBytes(Path.of(args[1])));
            Path place = Path.of(args[0]);
            return print(answer(place, policy), policy, out);
        } catch (IOException | MalformedPolicy e) {
            out.append("cannot begin: ").append(e.getMessage()).append('\n');
            return 2;
        }
    }

    private static Verifier.Answer answer(Path place, Policy policy) throws IOException {
        return RedactedCheck.isFor(place)
                ? RedactedCheck.verify(place, policy)
                : Verifier.verify(new FolderExport(place), policy);
    }

    private static int print(Verifier.Answer answer, Policy policy, StringBuilder out) {
        for (Findings.Finding finding : answer.findings()) {
            out.append("NO   ").append(finding).append('\n');
        }
        for (String fact : answer.facts()) {
            out.append("     ").append(fact).append('\n');
        }
        var quorum = policy.quorum().words();
        out.append("     the policy asks for witnesses: ").append(quorum).append('\n');
        out.append(answer.isYes() ? "YES" : "NO").append(". Not known, even so:\n");
        for (String line : answer.unknown()) {
            out.append("   - ").append(line).append('\n');
        }
        return answer.isYes() ? 0 : 1;
    }
}
