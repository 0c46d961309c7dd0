/** Who may work on what: claims with a fence, kept in the target. Takes task ids from a board, gives claims; whatever the board says, only a row of {@code pgsync.task} is proof. */
@NullMarked
package pgsync.claim;

import org.jspecify.annotations.NullMarked;
