namespace Assay.Quality.Tests.Expressions;

/// <summary>Expressions with the results that Spark's documentation shows for them.</summary>
internal static class SparkCases
{
    public static IReadOnlyList<(string Expression, string? Result)> All { get; } =
    [
        // Operators
        ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("3 / 2", "1.5"), ("2L / 2L", "1"), ("1 / 0", null), ("3 div 2", "1"), ("-7 div 2", "-3"), ("5 div 0", null),
        ("2 % 1.8", "0.2"), ("-7 % 3", "-1"), ("5 % 0", null), ("MOD(2, 1.8)", "0.2"), ("- -1", "1"), ("3 & 5", "1"), ("3 | 5", "7"), ("3 ^ 5", "6"), ("~ 0", "-1"),
        ("1 = '1'", "true"), ("'1.0' = 1", "true"), ("'a' < 'b'", "true"), ("NULL = NULL", null), ("2 <=> 2", "true"), ("NULL <=> NULL", "true"), ("1 <=> NULL", "false"),
        ("true AND NULL", null), ("false AND NULL", "false"), ("true OR NULL", "true"), ("NOT NULL", null), ("!true", "false"), ("1 != 2", "true"), ("1 <> 1", "false"), ("1 == 1", "true"),
        ("'Spark' || 'SQL'", "SparkSQL"), ("'a' || NULL", null), ("1 || 2", "12"), ("1 IN (1, 2, 3)", "true"), ("1 IN (2, 3)", "false"), ("1 IN (2, NULL)", null), ("1 NOT IN (2, 3)", "true"),
        ("NULL IN (1, 2)", null), ("'b' IN ('a', 'b')", "true"), ("2 BETWEEN 1 AND 3", "true"), ("0 NOT BETWEEN 1 AND 3", "true"), ("NULL BETWEEN 1 AND 3", null), ("'2' BETWEEN 1 AND 3", "true"),
        ("NULL IS NULL", "true"), ("1 IS NOT NULL", "true"), ("NULL IS TRUE", "false"), ("false IS NOT TRUE", "true"), ("NULL IS UNKNOWN", "true"),
        ("1 IS DISTINCT FROM NULL", "true"), ("NULL IS NOT DISTINCT FROM NULL", "true"), ("1 IS DISTINCT FROM 1", "false"),
        ("'Spark' LIKE '_park'", "true"), ("'Spark' LIKE '_PARK'", "false"), ("'Spark' ILIKE '_PARK'", "true"), ("'100%' LIKE '100\\%'", "true"), ("'1000' LIKE '100\\%'", "false"),
        ("'a/b' LIKE '%/%'", "true"), ("'%SystemDrive%/Users/John' LIKE '/%SystemDrive/%//Users%' ESCAPE '/'", "true"), ("'Spark' NOT LIKE 'S%'", "false"), ("'abc' LIKE ANY ('x%', 'a%')", "true"),
        ("'abc' LIKE ALL ('a%', '%d')", "false"), ("'Spark' RLIKE '^S.*k$'", "true"), ("'x' RLIKE '[0-9]'", "false"), ("'a.b' LIKE 'a.b'", "true"), ("'axb' LIKE 'a.b'", "false"),
        ("CASE WHEN 1 > 0 THEN 1 WHEN 2 > 0 THEN 2.0 ELSE 1.2 END", "1"), ("CASE WHEN 1 < 0 THEN 1 WHEN 2 > 0 THEN 2.0 ELSE 1.2 END", "2"), ("CASE WHEN 1 < 0 THEN 'A' END", null),
        ("CASE 3 WHEN 1 THEN 'one' WHEN 3 THEN 'three' ELSE '?' END", "three"), ("0.1 + 0.2", "0.3"), ("1.10 * 2.05", "2.255"), ("10.00 / 4", "2.5"), ("1e2 + 1", "101"), ("'3' + 4", "7"), ("'x' + 1", null),
        // Casts
        ("CAST('10' AS INT)", "10"), ("CAST(' 7 ' AS INT)", "7"), ("CAST('1.9' AS INT)", "1"), ("CAST('x' AS INT)", null), ("TRY_CAST('a' AS INT)", null), ("CAST(1.9 AS INT)", "1"), ("CAST(-1.9D AS BIGINT)", "-1"),
        ("CAST('2.345' AS DECIMAL(10,2))", "2.35"), ("CAST(123456 AS DECIMAL(4,1))", null), ("CAST('abc' AS DOUBLE)", null), ("CAST(1 AS STRING)", "1"), ("CAST(1.5D AS STRING)", "1.5"),
        ("CAST(2D AS STRING)", "2.0"), ("CAST(1.50 AS STRING)", "1.50"), ("CAST(true AS STRING)", "true"), ("CAST(1 = 1 AS STRING)", "true"), ("CAST('yes' AS BOOLEAN)", "true"), ("CAST('perhaps' AS BOOLEAN)", null),
        ("CAST(0 AS BOOLEAN)", "false"), ("CAST(true AS INT)", "1"), ("CAST('2021-1-9' AS DATE)", "2021-01-09"), ("CAST('2021' AS DATE)", "2021-01-01"), ("CAST('2021-02-30' AS DATE)", null), ("CAST('nonsense' AS DATE)", null),
        ("CAST('2021-01-09 10:11:12' AS DATE)", "2021-01-09"), ("CAST('2021-01-09T10:11:12Z' AS TIMESTAMP)", "2021-01-09 10:11:12.000000"), ("CAST(DATE '2021-01-09' AS TIMESTAMP)", "2021-01-09 00:00:00.000000"),
        ("CAST(TIMESTAMP '2021-01-09 10:11:12.5' AS STRING)", "2021-01-09 10:11:12.5"), ("CAST(TIMESTAMP '2021-01-09 10:11:12' AS STRING)", "2021-01-09 10:11:12"), ("'5'::INT + 1", "6"), ("int('12')", "12"), ("date('2020-02-29')", "2020-02-29"),
        // Conditional
        ("coalesce(NULL, 1, NULL)", "1"), ("nvl(NULL, 'x')", "x"), ("nvl2(NULL, 2, 1)", "1"), ("nullif(2, 2)", null), ("nullif(3, 2)", "3"), ("if(1 < 2, 'a', 'b')", "a"), ("if(NULL, 'a', 'b')", "b"), ("isnull(1)", "false"),
        ("isnotnull(1)", "true"), ("isnan(cast('NaN' as double))", "true"), ("isnan(NULL)", "false"), ("nanvl(cast('NaN' as double), 123)", "123"), ("greatest(10, 9, 2, 4, 3)", "10"), ("least(10, 9, 2, 4, 3)", "2"),
        ("greatest(1, NULL, 3)", "3"), ("decode(2, 1, 'Southlake', 2, 'San Francisco', 3, 'New Jersey', 'Non domestic')", "San Francisco"), ("decode(6, 1, 'Southlake', 'Non domestic')", "Non domestic"), ("decode(NULL, 6, 'Spark', NULL, 'SQL', 4, 'rocks')", "SQL"),
        // Numeric
        ("abs(-1)", "1"), ("ceil(-0.1)", "0"), ("ceil(5)", "5"), ("floor(-0.1)", "-1"), ("floor(3.7D)", "3"), ("round(2.5, 0)", "3"), ("round(-2.5)", "-3"), ("round(2.675D, 2)", "2.68"), ("round(25, -1)", "30"), ("bround(2.5, 0)", "2"), ("bround(25, -1)", "20"),
        ("rint(12.3456)", "12"), ("sign(-40)", "-1"), ("pmod(10, 3)", "1"), ("pmod(-10, 3)", "2"), ("sqrt(4)", "2"), ("cbrt(27.0)", "3"), ("exp(0)", "1"), ("ln(1)", "0"), ("ln(0)", null), ("log(10, 100)", "2"), ("log2(2)", "1"), ("log10(10)", "1"),
        ("pow(2, 3)", "8"), ("hypot(3, 4)", "5"), ("factorial(5)", "120"), ("factorial(21)", null), ("shiftleft(2, 1)", "4"), ("shiftright(4, 1)", "2"), ("bit_count(7)", "3"), ("bin(13)", "1101"), ("width_bucket(5.3, 0.2, 10.6, 5)", "3"), ("try_divide(3, 0)", null),
        // Text
        ("upper('SparkSql')", "SPARKSQL"), ("lower('SparkSql')", "sparksql"), ("initcap('sPark sql')", "Spark Sql"), ("trim('    SparkSQL   ')", "SparkSQL"), ("trim(BOTH 'SL' FROM 'SSparkSQLS')", "parkSQ"), ("trim(LEADING 'SL' FROM 'SSparkSQLS')", "parkSQLS"),
        ("trim(TRAILING 'SL' FROM 'SSparkSQLS')", "SSparkSQ"), ("ltrim('    SparkSQL   ')", "SparkSQL   "), ("btrim('SSparkSQLS', 'SL')", "parkSQ"), ("length('Spark SQL ')", "10"), ("char_length('äöü')", "3"), ("octet_length('äöü')", "6"),
        ("substring('Spark SQL', 5)", "k SQL"), ("substring('Spark SQL', -3)", "SQL"), ("substring('Spark SQL', 5, 1)", "k"), ("substring('Spark SQL' FROM 5 FOR 1)", "k"), ("substring('Spark SQL', 0, 3)", "Spa"), ("substring('abc', -5, 3)", "a"), ("substring('abc', 2, -1)", ""),
        ("substring_index('www.apache.org', '.', 2)", "www.apache"), ("substring_index('www.apache.org', '.', -1)", "org"), ("left('Spark SQL', 3)", "Spa"), ("right('Spark SQL', 3)", "SQL"), ("right('Spark SQL', 0)", ""), ("concat('Spark', 'SQL')", "SparkSQL"), ("concat('a', NULL)", null),
        ("concat('a', 1)", "a1"), ("concat_ws(' ', 'Spark', 'SQL')", "Spark SQL"), ("concat_ws('/', 'foo', NULL, 'bar')", "foo/bar"), ("concat_ws('s')", ""), ("lpad('hi', 5, '??')", "???hi"), ("lpad('hi', 1, '??')", "h"), ("rpad('hi', 5)", "hi   "), ("repeat('123', 2)", "123123"),
        ("reverse('Spark SQL')", "LQS krapS"), ("replace('ABCabc', 'abc', 'DEF')", "ABCDEF"), ("replace('ABCabc', 'abc')", "ABC"), ("translate('AaBbCc', 'abc', '123')", "A1B2C3"), ("instr('SparkSQL', 'SQL')", "6"), ("locate('bar', 'foobarbar')", "4"), ("locate('bar', 'foobarbar', 5)", "7"),
        ("POSITION('bar' IN 'foobarbar')", "4"), ("contains('Spark SQL', 'Spark')", "true"), ("contains('Spark SQL', 'SPARK')", "false"), ("startswith('Spark SQL', 'SQL')", "false"), ("endswith('Spark SQL', 'SQL')", "true"), ("ascii('222')", "50"), ("chr(65)", "A"), ("hex(17)", "11"),
        ("hex('Spark SQL')", "537061726B2053514C"), ("unhex('537061726B')", "Spark"), ("base64('Spark SQL')", "U3BhcmsgU1FM"), ("unbase64('U3BhcmsgU1FM')", "Spark SQL"), ("split_part('11.12.13', '.', 3)", "13"), ("split_part('11.12.13', '.', 4)", ""), ("find_in_set('ab', 'abc,b,ab,c,def')", "3"),
        ("elt(1, 'scala', 'java')", "scala"), ("elt(3, 'scala', 'java')", null), ("levenshtein('kitten', 'sitting')", "3"), ("soundex('Miller')", "M460"), ("space(2)", "  "), ("format_string('Hello World %d %s', 100, 'days')", "Hello World 100 days"),
        ("parse_url('http://spark.apache.org/path?query=1', 'HOST')", "spark.apache.org"), ("luhn_check('79927398713')", "true"), ("luhn_check('79927398714')", "false"), ("'it''s'", "it's"), ("'tab\\tend'", "tab\tend"), ("\"double\"", "double"),
        // Regular expressions
        ("regexp_replace('100-200', '(\\\\d+)', 'num')", "num-num"), ("regexp_replace('ab', '(a)(b)', '$2$1')", "ba"), ("regexp_extract('100-200', '(\\\\d+)-(\\\\d+)', 1)", "100"), ("regexp_extract('100-200', '(\\\\d+)-(\\\\d+)', 0)", "100-200"), ("regexp_extract('foo', '(\\\\d+)', 1)", ""),
        ("regexp_extract_all('100-200, 300-400', '(\\\\d+)-(\\\\d+)', 1)", "['100','300']"), ("regexp_like('%SystemDrive%\\\\Users', '%SystemDrive%.*')", "true"), ("regexp_count('Steven Jones and Stephen Smith are the best players', 'Ste(v|ph)en')", "2"), ("regexp_substr('foo bar', 'ba.')", "bar"),
        ("split('oneAtwoBthreeC', '[ABC]')", "['one','two','three','']"), ("split('a,b,c', ',')", "['a','b','c']"), ("split('a|b', '\\\\|')", "['a','b']"), ("split('a,b,c', ',', 2)", "['a','b,c']"), ("split('a,b', ',')[1]", "b"), ("split('a,b', ',')[5]", null),
        // Dates
        ("current_date", "2024-03-15"), ("year('2016-07-30')", "2016"), ("month(DATE '2016-07-30')", "7"), ("day('2009-07-30')", "30"), ("quarter('2016-08-31')", "3"), ("dayofweek('2009-07-30')", "5"), ("weekday('2009-07-30')", "3"), ("dayofyear('2016-04-09')", "100"), ("weekofyear('2008-02-20')", "8"),
        ("hour('2009-07-30 12:58:59')", "12"), ("minute('2009-07-30 12:58:59')", "58"), ("second('2009-07-30 12:58:59')", "59"), ("EXTRACT(YEAR FROM TIMESTAMP '2019-08-12 01:00:00.123456')", "2019"), ("date_part('doy', DATE '2019-08-12')", "224"), ("date_add('2016-07-30', 1)", "2016-07-31"),
        ("date_sub('2016-07-30', 1)", "2016-07-29"), ("datediff('2009-07-31', '2009-07-30')", "1"), ("datediff('2009-07-30', '2009-07-31')", "-1"), ("add_months('2016-08-31', 1)", "2016-09-30"), ("months_between('1997-02-28 10:30:00', '1996-10-30')", "3.94959677"), ("last_day('2009-01-12')", "2009-01-31"),
        ("next_day('2015-01-14', 'TU')", "2015-01-20"), ("trunc('2019-08-04', 'week')", "2019-07-29"), ("trunc('2019-08-04', 'quarter')", "2019-07-01"), ("trunc('2009-02-12', 'MM')", "2009-02-01"), ("trunc('2015-10-27', 'YEAR')", "2015-01-01"), ("date_trunc('HOUR', '2015-03-05T09:32:05.359')", "2015-03-05 09:00:00.000000"),
        ("date_trunc('DD', '2015-03-05T09:32:05.359')", "2015-03-05 00:00:00.000000"), ("to_date('2009-07-30 04:17:52')", "2009-07-30"), ("to_date('31/12/2016', 'dd/MM/yyyy')", "2016-12-31"), ("to_date('x', 'dd/MM/yyyy')", null), ("to_timestamp('2016-12-31 00:12:00')", "2016-12-31 00:12:00.000000"),
        ("to_timestamp('2016-12-31', 'yyyy-MM-dd')", "2016-12-31 00:00:00.000000"), ("date_format('2016-04-08', 'y')", "2016"), ("date_format(TIMESTAMP '2016-04-08 13:10:15', 'yyyy/MM/dd HH:mm')", "2016/04/08 13:10"), ("from_unixtime(0, 'yyyy-MM-dd HH:mm:ss')", "1970-01-01 00:00:00"),
        ("unix_timestamp('2016-04-08', 'yyyy-MM-dd')", "1460073600"), ("unix_seconds(TIMESTAMP '1970-01-01 00:00:01Z')", "1"), ("timestamp_seconds(1230219000)", "2008-12-25 15:30:00.000000"), ("make_date(2013, 7, 15)", "2013-07-15"), ("make_date(2019, 2, 30)", null), ("unix_date(DATE '1970-01-02')", "1"),
        ("DATE '2021-03-31' - INTERVAL 1 MONTH", "2021-02-28"), ("DATE '2021-03-31' + INTERVAL '2' DAY", "2021-04-02"), ("TIMESTAMP '2021-03-31 23:00:00' + INTERVAL '1 day 2 hours'", "2021-04-02 01:00:00.000000"), ("DATE '2021-01-01' + 5", "2021-01-06"), ("DATE '2021-01-31' > '2021-01-30'", "true"),
        ("(DATE '2021-01-31' - DATE '2021-01-01') > INTERVAL 29 DAYS", "true"), ("now() > TIMESTAMP '2024-03-15 00:00:00'", "true"), ("timestampadd(HOUR, 5, TIMESTAMP '2022-02-28 00:00:00')", "2022-02-28 05:00:00.000000"), ("timestampdiff(MONTH, TIMESTAMP '2021-02-28 12:00:00', TIMESTAMP '2021-03-28 12:00:00')", "1"),
        ("timestampdiff(MONTH, TIMESTAMP '2021-02-28 12:00:00', TIMESTAMP '2021-03-28 11:59:59')", "0"), ("from_utc_timestamp('2016-08-31', 'Asia/Seoul')", "2016-08-31 09:00:00.000000"), ("to_utc_timestamp('2016-08-31', 'Asia/Seoul')", "2016-08-30 15:00:00.000000"), ("DATE '2024-02-29' = '2024-02-29'", "true"),
        // Arrays and lambdas
        ("array(1, 2, 3)", "[1,2,3]"), ("size(array('b', 'd', 'c', 'a'))", "4"), ("array_contains(array(1, 2, 3), 2)", "true"), ("array_position(array(312, 773, 708, 708), 708)", "3"), ("array_distinct(array(1, 2, 3, 3))", "[1,2,3]"), ("array_max(array(1, 20, 3))", "20"), ("array_min(array(1, 20, 3))", "1"),
        ("array_remove(array(1, 2, 3, 3), 3)", "[1,2]"), ("array_join(array('hello', 'world'), ' ')", "hello world"), ("array_union(array(1, 2, 3), array(1, 3, 5))", "[1,2,3,5]"), ("array_intersect(array(1, 2, 3), array(1, 3, 5))", "[1,3]"), ("array_except(array(1, 2, 3), array(1, 3, 5))", "[2]"),
        ("arrays_overlap(array(1, 2, 3), array(3, 4, 5))", "true"), ("slice(array(1, 2, 3, 4), 2, 2)", "[2,3]"), ("slice(array(1, 2, 3, 4), -2, 2)", "[3,4]"), ("sort_array(array('b', 'd', 'c', 'a'))", "['a','b','c','d']"), ("element_at(array(1, 2, 3), 2)", "2"), ("element_at(array(1, 2, 3), -1)", "3"), ("element_at(array(1, 2, 3), 5)", null),
        ("array(1, 2, 3)[0]", "1"), ("sequence(1, 5)", "[1,2,3,4,5]"), ("sequence(5, 1)", "[5,4,3,2,1]"), ("flatten(array(array(1, 2), array(3, 4)))", "[1,2,3,4]"), ("array_repeat('123', 2)", "['123','123']"), ("reverse(array(2, 1, 4, 3))", "[3,4,1,2]"),
        ("transform(array(1, 2, 3), x -> x + 1)", "[2,3,4]"), ("transform(array(1, 2, 3), (x, i) -> x + i)", "[1,3,5]"), ("filter(array(1, 2, 3), x -> x % 2 == 1)", "[1,3]"), ("filter(array(0, 2, 3), (x, i) -> x > i)", "[2,3]"), ("exists(array(1, 2, 3), x -> x % 2 == 0)", "true"), ("exists(array(1, 2, 3), x -> x % 2 == 10)", "false"),
        ("forall(array(2, 4, 8), x -> x % 2 == 0)", "true"), ("forall(array(1, 2, 3), x -> x % 2 == 0)", "false"), ("aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x)", "6"), ("aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x, acc -> acc * 10)", "60"), ("zip_with(array(1, 2, 3), array(4, 5, 6), (x, y) -> x + y)", "[5,7,9]"),
        ("transform(array(array(1, 2), array(3)), a -> aggregate(a, 0, (s, x) -> s + x))", "[3,3]"),
        // Maps, JSON, hashes
        ("map('a', 1, 'b', 2)['b']", "2"), ("map('a', 1)['z']", null), ("map_keys(map(1, 'a', 2, 'b'))", "[1,2]"), ("map_contains_key(map(1, 'a', 2, 'b'), 3)", "false"), ("element_at(map(1, 'a', 2, 'b'), 2)", "b"), ("get_json_object('{\"a\":\"b\"}', '$.a')", "b"), ("get_json_object('{\"a\":{\"b\":[1,2]}}', '$.a.b[1]')", "2"),
        ("get_json_object('{\"a\":1}', '$.z')", null), ("get_json_object('{\"a\":{\"b\":1}}', '$.a')", "{\"b\":1}"), ("json_array_length('[1,2,3,4]')", "4"), ("json_array_length('[1,2')", null), ("json_object_keys('{\"f1\":\"abc\",\"f2\":1}')", "['f1','f2']"), ("md5('Spark')", "8cde774d6f7333752ed72cacddb05126"),
        ("sha1('Spark')", "85f5955f4b27a9a4c2aab6ffe5d7189fc298b92c"), ("sha2('Spark', 256)", "529bc3b07127ecb7e53a4dcf1991d9152c24537d919178022b2c42657f79a26b"), ("crc32('Spark')", "1557323817"),
    ];
}
