package pgsync.table;

/**
 * What a table or one of its partitions keeps its rows in. TRUNCATE and whatever writes all rows anew begin another one, and a table
 * that takes the place of another has its own. So has an unlogged table after a crash, which empties it.
 *
 * @param id names the relation and its file, once in a database
 * @param empty without a page when the catalogue was read
 */
public record DataFile(String id, boolean empty) {}
