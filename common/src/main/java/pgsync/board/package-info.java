/** Spreads task ids over workers. A hint: losing, repeating or inventing an id costs time, never a row. */
@NullMarked
package pgsync.board;

import org.jspecify.annotations.NullMarked;
