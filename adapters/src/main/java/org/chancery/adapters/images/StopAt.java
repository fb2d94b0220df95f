package org.chancery.adapters.images;

import java.time.Instant;
import java.time.InstantSource;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/// Tells a reader to stop when its time is over.
final class StopAt implements IIOReadProgressListener {
    private final Instant deadline;
    private final InstantSource clock;
    private boolean late;

    StopAt(Instant deadline, InstantSource clock) {
        this.deadline = deadline;
        this.clock = clock;
    }

    /// Whether it was told to.
    boolean isLate() {
        return late;
    }

    @Override
    public void imageProgress(ImageReader reader, float percent) {
        if (!late && clock.instant().isAfter(deadline)) {
            late = true;
            reader.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader reader, int first) {}

    @Override
    public void sequenceComplete(ImageReader reader) {}

    @Override
    public void imageStarted(ImageReader reader, int image) {}

    @Override
    public void imageComplete(ImageReader reader) {}

    @Override
    public void thumbnailStarted(ImageReader reader, int image, int thumbnail) {}

    @Override
    public void thumbnailProgress(ImageReader reader, float percent) {}

    @Override
    public void thumbnailComplete(ImageReader reader) {}

    @Override
    public void readAborted(ImageReader reader) {}
}
