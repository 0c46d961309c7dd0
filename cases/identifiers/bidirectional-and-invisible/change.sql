update U&"user\200B" set U&"\202Ename" = 'changed';
update U&"us\0435r" set U&"\2067name\2069" = 'changed';
