/** How a run is told. Takes events and reports; gives plain lines, a bar on a terminal, or JSON lines, on the streams it was handed. Never decides anything. */
@NullMarked
package pgsync.cli.output;

import org.jspecify.annotations.NullMarked;
