create publication by_value for table rows_by_value where (a = 'a');
create publication less_key for table columns_less_key (a);
create publication by_key for table rows_by_key (id, a) where (id > 0);
