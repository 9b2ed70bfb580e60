using Assay.Quality.Checks;

namespace Assay.Quality.Tests.Checks;

public sealed class CheckValidatorTests
{
    private static readonly ContainerField[] Fields =
    [
        new("id", FieldType.Integral), new("price", FieldType.Fractional), new("name", FieldType.String), new("born", FieldType.Date),
        new("paid", FieldType.Boolean), new("tags", FieldType.Array, FieldType.String), new("odd", FieldType.Unknown),
    ];

    [Theory]
    [InlineData("notNull", "id,name", null)]
    [InlineData("between", "price", """{"min":0,"max":"10.5","inclusive_min":true,"inclusive_max":false}""")]
    [InlineData("sum", "price", """{"value":"2000"}""")]
    [InlineData("expectedValues", "name", """{"list":["a","b"]}""")]
    [InlineData("expectedValues", "id", """{"list":[1,"2"]}""")]
    [InlineData("expectedValues", "tags", """{"list":["a"],"is_element_context":true}""")]
    [InlineData("notNegative", "odd", null)]
    [InlineData("greaterThanField", "price", """{"field_name":"id","inclusive":true,"numeric_comparator":{"epsilon":0.1,"as_absolute":false}}""")]
    [InlineData("existsIn", "id", """{"field_name":"elsewhere","ref_container_id":7}""")]
    [InlineData("metric", "id", """{"comparison":"Absolute Change","max":5}""")]
    [InlineData("distinctCount", "id", """{"value":5,"comparison":"less than"}""")]
    [InlineData("minPartitionSize", "", """{"value":5}""")]
    [InlineData("betweenTimes", "born", """{"min_time":"2024-01-01 00:00:00","max_time":"2024-12-31T00:00:00Z"}""")]
    [InlineData("notNull", "id", """{"value":null,"inclusive":false}""")]
    [InlineData("matchesPattern", "name", """{"pattern":"^\\p{Alpha}+\\d{2,}$"}""")]
    public void Validate_GoodCheck_IsAccepted(string rule, string fields, string? properties) =>
        CheckValidator.Validate(Check(rule, fields, properties), Fields).ShouldBeEmpty();

    [Theory]
    [InlineData("noSuchRule", "id", null, "rule")]
    [InlineData("notNull", "", null, "fields")]
    [InlineData("between", "id,price", """{"min":0,"max":1,"inclusive_min":true,"inclusive_max":true}""", "fields")]
    [InlineData("notNull", "nowhere", null, "fields")]
    [InlineData("notNull", "id,id", null, "fields")]
    [InlineData("notNegative", "name", null, "fields")]
    [InlineData("fieldCount", "id", """{"value":5}""", "fields")]
    [InlineData("between", "id", """{"min":0,"max":1,"inclusive_min":true}""", "properties.inclusive_max")]
    [InlineData("between", "id", """{"min":2,"max":1,"inclusive_min":true,"inclusive_max":true}""", "properties.min")]
    [InlineData("greaterThan", "id", """{"value":"ten"}""", "properties.value")]
    [InlineData("minLength", "name", """{"value":-1}""", "properties.value")]
    [InlineData("minLength", "name", """{"value":1.5}""", "properties.value")]
    [InlineData("expectedValues", "id", """{"list":[1,"two"]}""", "properties.list")]
    [InlineData("expectedValues", "id", """{"list":[]}""", "properties.list")]
    [InlineData("expectedValues", "tags", """{"list":["a"]}""", "fields")]
    [InlineData("sum", "id", """{"value":1,"is_element_context":true}""", "properties.is_element_context")]
    [InlineData("afterDateTime", "born", """{"datetime":"yesterday"}""", "properties.datetime")]
    [InlineData("betweenTimes", "born", """{"min_time":"2025-01-01","max_time":"2024-01-01"}""", "properties.min_time")]
    [InlineData("matchesPattern", "name", """{"pattern":"(unclosed"}""", "properties.pattern")]
    [InlineData("matchesPattern", "name", """{"pattern":"(?=ahead)a"}""", "properties.pattern")]
    [InlineData("isType", "name", """{"field_type":"Colour"}""", "properties.field_type")]
    [InlineData("greaterThanField", "id", """{"field_name":"nowhere"}""", "properties.field_name")]
    [InlineData("greaterThanField", "id", """{"field_name":"born"}""", "properties.field_name")]
    [InlineData("greaterThanField", "id", """{"field_name":"id"}""", "properties.field_name")]
    [InlineData("equalTo", "id", """{"value":1,"numeric_comparator":{"epsilon":-1}}""", "properties.numeric_comparator")]
    [InlineData("metric", "id", """{"comparison":"Absolute Change"}""", "properties.min")]
    [InlineData("metric", "id", """{"comparison":"Sideways","min":1}""", "properties.comparison")]
    [InlineData("existsIn", "id", """{"field_name":"f","ref_container_id":"seven"}""", "properties.ref_container_id")]
    [InlineData("notNull", "id", """{"colour":"red"}""", "properties.colour")]
    [InlineData("isAddress", "name", """{"required_labels":["planet"]}""", "properties.required_labels")]
    [InlineData("timeDistributionSize", "born", """{"interval_name":"Monthly","min_size":5,"max_size":1}""", "properties.min_size")]
    public void Validate_BadCheck_NamesTheMember(string rule, string fields, string? properties, string member)
    {
        var fault = CheckValidator.Validate(Check(rule, fields, properties), Fields).ShouldHaveSingleItem();
        fault.Member.ShouldBe(member);
        fault.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Validate_CoverageAndFilter_WhereTheRuleTakesNone()
    {
        var check = Check("fieldCount", "", """{"value":1}""") with { Coverage = 0.5, Filter = "id > 1" };
        CheckValidator.Validate(check, Fields).Select(f => f.Member).ShouldBe(["coverage", "filter"]);
        CheckValidator.Validate(Check("notNull", "id", null) with { Coverage = 1.5 }, Fields).Single().Member.ShouldBe("coverage");
        CheckValidator.Validate(Check("notNull", "id", null) with { Coverage = 0.9 }, Fields).ShouldBeEmpty();
    }

    [Fact]
    public void Validate_SeveralFaults_AllAreNamed() =>
        CheckValidator.Validate(Check("between", "name", """{"min":"x"}"""), Fields).Select(f => f.Member)
            .ShouldBe(["fields", "properties.min", "properties.inclusive_min", "properties.max", "properties.inclusive_max"]);

    [Fact]
    public void Validate_Template_NeedsNoContainer() => CheckValidator.Validate(Check("notNull", "anything", null), []).ShouldBeEmpty();

    private static CheckDefinition Check(string rule, string fields, string? properties) => new()
    {
        Rule = rule,
        Fields = fields.Split(',', StringSplitOptions.RemoveEmptyEntries),
        Properties = CheckProperties.Parse(properties),
    };
}
