package org.chancery.conformance.play;

import java.util.Map;

/// One speech of a scenario: who asks for what, and what must be answered.
///
/// @param who a person of the scenario, [#NOBODY] without a token, [#STRANGER] with an invalid one
/// @param path with `{names}` to be filled in
/// @param body empty if none; JSON, or `'` and the raw text, or `<` and a media type and a text (of
/// a
///     picture in base64)
/// @param status the one that is due
/// @param errcode the one that is due; empty if none is
/// @param learnt names for values of the answer, each with the pointer to it
/// @param patient whether to ask again until the answer is as it must be, as some work is done
/// later
public record Line(
        String who,
        String method,
        String path,
        String body,
        int status,
        String errcode,
        Map<String, String> learnt,
        boolean patient) {
    /// Asks without a token.
    public static final String NOBODY = "-";

    /// Asks with a token that no server has given out.
    public static final String STRANGER = "?";

    /// Makes a signed object instead of asking a server; its path names the result.
    static final String SIGN = "SIGN";

    public Line {
        learnt = Map.copyOf(learnt);
    }
}
