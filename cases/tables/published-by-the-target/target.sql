create publication of_all_changes for table without_key, by_index, with_none, by_key, by_named_index, by_whole_row;
create publication of_inserts for table inserts_only, keyed_inserts_only with (publish = 'insert');
