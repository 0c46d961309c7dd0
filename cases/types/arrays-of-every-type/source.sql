-- What differs in the beginning.
do $$ begin
  execute (select 'insert into lists select 1, ' || string_agg(format('array[%L, null, %L]::%s[]', one, other, type), ', ' order by a.attnum)
             from element join pg_attribute a on a.attrelid = 'lists'::regclass and a.attname = 'of ' || type);
  execute (select 'insert into lists select 2, ' || string_agg(format('array_fill(%L::%s, array[2, 2], array[-1, 3])', one, type), ', ' order by a.attnum)
             from element join pg_attribute a on a.attrelid = 'lists'::regclass and a.attname = 'of ' || type);
  execute (select 'insert into lists select 3, ' || string_agg(format('array[[%L, %L], [null, %L]]::%s[]', other, one, other, type), ', ' order by a.attnum)
             from element join pg_attribute a on a.attrelid = 'lists'::regclass and a.attname = 'of ' || type);
  execute (select 'insert into lists select 4, ' || string_agg('''{}''', ', ') from element);
  execute 'insert into lists (id) values (5)';
end $$;
do $$ begin
  execute (select format('insert into without_key (%1$s) select %1$s from lists', string_agg(quote_ident('of ' || type), ', ')) from element);
end $$;
