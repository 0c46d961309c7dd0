/**
 * The product on many machines: processes that stay, one coordinator or worker each. Takes settings, serves until it is interrupted;
 * holds no logic of its own beyond who knows whom.
 */
@NullMarked
package pgsync.daemon;

import org.jspecify.annotations.NullMarked;
