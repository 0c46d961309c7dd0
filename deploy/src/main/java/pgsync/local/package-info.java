/** The product on one machine: coordinator and workers in this process, a board in memory. Takes settings, gives a report; holds no logic of its own. */
@NullMarked
package pgsync.local;

import org.jspecify.annotations.NullMarked;
