/** Measures the packaged product against {@code psql COPY | psql COPY} in the same run. Prints ratios; decides nothing. */
@NullMarked
package pgsync.bench;

import org.jspecify.annotations.NullMarked;
