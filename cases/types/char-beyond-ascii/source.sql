insert into t values (1, '\303', '\377', '{"\\303",a,"\\\\"}', row('\200')), (2, 'a', '\', '{}', null), (3, '', '', null, row(null));
insert into keyed values ('\303', 1), ('\', 2), ('\377', 3);
