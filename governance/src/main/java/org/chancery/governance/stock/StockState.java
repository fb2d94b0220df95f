package org.chancery.governance.stock;

/// How far a stock is. Only a sound one is given out.
public enum StockState {
    /// Its identities are coming in.
    ARRIVING("arriving"),
    /// All are here and are those that its entry commits to; its tenth is to be opened.
    WHOLE("whole"),
    /// A tenth was opened and found good.
    SOUND("sound"),
    /// A tenth was opened and a fault was found: nobody gets of it, ever.
    UNSOUND("unsound");

    private final String word;

    StockState(String word) {
        this.word = word;
    }

    /// The state of that word.
    public static StockState of(String word) {
        for (StockState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of a stock: " + word);
    }

    @Override
    public String toString() {
        return word;
    }
}
