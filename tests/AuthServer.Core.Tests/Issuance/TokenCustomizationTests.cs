using System.Text.Json;
using AuthServer.Core.Model;

namespace AuthServer.Core.Tests.Issuance;

public sealed class TokenCustomizationTests
{
    private static readonly TokenCustomization Stored = Of("""{"a": [1, {"b": "c"}], "d": 1.0}""", "read");

    [Fact]
    public void The_same_claims_and_scopes_are_the_same_customization() =>
        Assert.Equal(Stored, Of("""{"d": 1.0, "a": [1, {"b": "c"}]}""", "read"));

    [Theory]
    [InlineData("""{"a": [1, {"b": "d"}], "d": 1.0}""", "read")]
    [InlineData("""{"a": [1, {"b": "c"}]}""", "read")]
    [InlineData("""{"a": [1, {"b": "c"}], "e": 1.0}""", "read")]
    [InlineData("""{"a": [1, {"b": "c"}], "d": 1.0}""", "write")]
    public void Another_claim_or_scope_is_another_customization(string claims, string scope) =>
        Assert.NotEqual(Stored, Of(claims, scope));

    private static TokenCustomization Of(string claims, string scope) => new()
    {
        IdTokenClaims = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(claims)!,
        AddedScopes = [scope],
    };
}
