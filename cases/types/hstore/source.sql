insert into t values (1, 'a=>NULL, b=>"NULL", ""=>"", "q\"\\"=>"=>"', array['a=>1'::hstore, null]), (2, '', '{}');
insert into keyed values ('a=>1, b=>2', 1), ('', 2), ('a=>NULL', 3);
