create unique index item_code on item (code);
update pg_index set indisvalid = false where indexrelid = 'item_code'::regclass;
