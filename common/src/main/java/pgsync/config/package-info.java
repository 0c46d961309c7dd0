/** What a person set: flags, environment, file, defaults in that order. Gives immutable records, or an error that names key, value and what is allowed; never connects. */
@NullMarked
package pgsync.config;

import org.jspecify.annotations.NullMarked;
