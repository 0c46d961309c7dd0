insert into secret values (7, 'kept');
