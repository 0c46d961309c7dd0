do $$ begin
  execute (select format('update lists set %1$s where id = 4', string_agg(format('%1$I = %2$L', 'of ' || type, '{NULL}'), ', ')) from element);
  execute 'delete from lists where id = 3';
  execute (select format('update without_key set %1$s where "of int4" = ''{}''', string_agg(format('%1$I = %2$L', 'of ' || type, '{NULL}'), ', ')) from element);
end $$;
