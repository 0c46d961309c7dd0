/** Every way a step fails, what we do then and what a person does. Takes causes, gives one exception type each for failed, refused and stopped. */
@NullMarked
package pgsync.error;

import org.jspecify.annotations.NullMarked;
