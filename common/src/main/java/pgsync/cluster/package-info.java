/**
 * Everything that sees Hazelcast. Takes the addresses of a cluster, gives its members and a board of task ids that all of them
 * share. Never holds anything but task ids, words and numbers, and nothing that could not be lost at any moment: what is true
 * stands in the target database.
 */
@NullMarked
package pgsync.cluster;

import org.jspecify.annotations.NullMarked;
