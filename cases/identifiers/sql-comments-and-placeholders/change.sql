update "--" set "/*" = '--'; update "/* */" set "%s %1$s %n %%" = '%%'; update "${x}" set "{0}" = '{}';
update "?" set "??" = '??'; delete from "`ls`"; insert into "`ls`" values (2, '', '');
