using System.Text.Json;
using AuthServer.Core.Jwt;

namespace AuthServer.Core.Tests.Jwt;

/// <summary>RFC 7519 §4.1: the claims that say when and where a token is valid.</summary>
public sealed class JwtPayloadTests
{
    [Theory]
    [InlineData("""{"exp":1001}""", true)]
    [InlineData("""{"exp":1000}""", false)]
    [InlineData("""{"exp":"1001"}""", false)]
    [InlineData("{}", false)]
    [InlineData("""{"exp":1001,"nbf":1010,"iat":1010}""", true)]
    [InlineData("""{"exp":1001,"nbf":1011}""", false)]
    [InlineData("""{"exp":1001,"iat":1011}""", false)]
    [InlineData("""{"exp":1001,"nbf":"1000"}""", false)]
    [InlineData("""{"exp":1001,"iat":"1000"}""", false)]
    public void A_token_is_current_before_its_end_and_at_most_ten_seconds_before_its_beginning(
        string claims, bool isCurrent)
    {
        Assert.Equal(isCurrent, Read(claims).IsCurrent(DateTimeOffset.FromUnixTimeSeconds(1000)));
    }

    [Theory]
    [InlineData("""{"aud":"api"}""", true, true)]
    [InlineData("""{"aud":["api"]}""", false, true)]
    [InlineData("""{"aud":[7,"other","api"]}""", false, true)]
    [InlineData("""{"aud":["other"]}""", false, false)]
    [InlineData("""{"aud":"API"}""", false, false)]
    [InlineData("""{"aud":7}""", false, false)]
    [InlineData("{}", false, false)]
    public void An_audience_is_one_string_or_in_a_list(string claims, bool isOne, bool isContained)
    {
        Assert.Equal((isOne, isContained), (Read(claims).AudienceIs("api"), Read(claims).AudienceContains("api")));
    }

    [Theory]
    [InlineData("""{"cnf":{"jkt":"x"}}""", "x")]
    [InlineData("""{"cnf":{}}""", null)]
    [InlineData("""{"cnf":"x"}""", null)]
    [InlineData("""{"jkt":"x"}""", null)]
    public void The_key_of_a_bound_token_is_in_its_confirmation(string claims, string? thumbprint)
    {
        Assert.Equal(thumbprint, Read(claims).KeyThumbprint());
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("253402300799", true)]
    [InlineData("253402300800", false)]
    public void A_time_lies_in_the_years_that_can_be_represented(string seconds, bool isTime)
    {
        Assert.Equal(isTime, Read($$"""{"exp":{{seconds}}}""").Time("exp") is not null);
    }

    private static JwtPayload Read(string claims) => new(JsonDocument.Parse(claims).RootElement);
}
