package pgsync.coordinator.moment;

import org.jspecify.annotations.Nullable;

/**
 * How far the source has come. A timeline begins when a standby is promoted and when a backup is restored to some time (manual, 25.3.6
 * "Timelines"); what the former one held beyond that may be gone. A copy of the disk that is started goes on in its timeline, from an
 * earlier place in the log.
 *
 * @param timeline 1 and up
 * @param lsn bytes of log so far, written or not (manual, 8.20 "pg_lsn Type"); null of a standby, of which several that lag differently
 *     may be one source
 */
public record SourcePosition(int timeline, @Nullable Long lsn) {
    /** Of {@link #text}. */
    public static SourcePosition parse(String text) {
        var slash = text.indexOf('/');
        var lsn = text.substring(slash + 1);
        return new SourcePosition(
                Integer.parseInt(text.substring(0, slash)), lsn.isEmpty() ? null : Long.parseUnsignedLong(lsn));
    }

    /** For the books. */
    public String text() {
        return timeline + "/" + (lsn == null ? "" : Long.toUnsignedString(lsn));
    }

    /**
     * Whether something that the source held at {@code earlier} may be gone now. A standby knows a new timeline a while after it
     * follows it, so an older one of it says nothing.
     */
    public boolean mayLack(SourcePosition earlier) {
        if (timeline > earlier.timeline) {
            return true;
        }
        return lsn != null
                && (timeline < earlier.timeline || (earlier.lsn != null && Long.compareUnsigned(lsn, earlier.lsn) < 0));
    }

    /** What to remember where {@code earlier} was remembered, so that a standby makes nobody forget what its primary said. */
    public SourcePosition since(@Nullable SourcePosition earlier) {
        return lsn != null || earlier == null || timeline > earlier.timeline ? this : earlier;
    }
}
