using AuthServer.Core.Dpop;

namespace AuthServer.Core.Tests.Dpop;

/// <summary>RFC 9449 §4.3, 9: the URL that a proof has to match.</summary>
public sealed class ProofUrlTests
{
    private const string Url = "https://login.example.com/oauth/token";

    [Theory]
    [InlineData("https://login.example.com/oauth/token")]
    [InlineData("HTTPS://Login.Example.COM/oauth/token")]
    [InlineData("https://login.example.com:443/oauth/token")]
    [InlineData("https://login.example.com:/oauth/token")]
    [InlineData("https://login.example.com/oauth/token?x=1")]
    [InlineData("https://login.example.com/oauth/token#part")]
    public void The_same_url_has_several_spellings(string htu) => Assert.True(ProofUrl.AreSame(htu, Url));

    [Theory]
    [InlineData("http://login.example.com/oauth/token")]
    [InlineData("https://login.example.com:80/oauth/token")]
    [InlineData("https://login.example.com:444/oauth/token")]
    [InlineData("https://login.example.com./oauth/token")]
    [InlineData("https://login.example.com@evil.example/oauth/token")]
    [InlineData("https://user@login.example.com/oauth/token")]
    [InlineData("https://evil.example/oauth/token")]
    [InlineData("https://login.example.com/oauth/Token")]
    [InlineData("https://login.example.com/oauth/token/")]
    [InlineData("https://login.example.com/oauth/%74oken")]
    [InlineData("https://login.example.com/x/../oauth/token")]
    [InlineData("https://login.example.com//oauth/token")]
    [InlineData("https://login.example.com\\oauth\\token")]
    [InlineData(" https://login.example.com/oauth/token")]
    [InlineData("https:login.example.com/oauth/token")]
    [InlineData("/oauth/token")]
    [InlineData("https://")]
    [InlineData("")]
    public void Another_url_is_another(string htu) => Assert.False(ProofUrl.AreSame(htu, Url));

    [Fact]
    public void The_port_of_an_IPv6_address_stands_after_its_brackets()
    {
        Assert.True(ProofUrl.AreSame("http://[::1]:80/a", "http://[::1]/a"));
        Assert.False(ProofUrl.AreSame("http://[::1]:81/a", "http://[::1]/a"));
    }
}
