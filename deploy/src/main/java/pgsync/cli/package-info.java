/** The command line. Takes arguments, environment and streams; gives text on them and an exit code. Never touches a database itself: what does is handed in as {@link pgsync.cli.Wiring}. */
@NullMarked
package pgsync.cli;

import org.jspecify.annotations.NullMarked;
