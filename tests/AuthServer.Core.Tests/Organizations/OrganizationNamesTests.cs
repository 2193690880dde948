using AuthServer.Core.Organizations;

namespace AuthServer.Core.Tests.Organizations;

public sealed class OrganizationNamesTests
{
    [Theory]
    [InlineData("acme", true)]
    [InlineData("4-you_too", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("Acme", false)]
    [InlineData("-acme", false)]
    [InlineData("_acme", false)]
    [InlineData("a b", false)]
    [InlineData("acme\n", false)]
    [InlineData("äcme", false)]
    [InlineData("org_acme", false)]
    [InlineData("12345678901234567890123456789012345678901234567890", true)]
    [InlineData("123456789012345678901234567890123456789012345678901", false)]
    public void A_name_is_short_and_plain_and_looks_like_no_id(string text, bool isName) =>
        Assert.Equal(isName, OrganizationNames.IsName(text));

    [Fact]
    public void An_id_is_not_a_valid_name() =>
        Assert.False(OrganizationNames.IsName(OrganizationNames.NewId().ToLowerInvariant()));
}
