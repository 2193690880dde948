using System.Net;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Tests.Pages;

/// <summary>The tenant's <c>error_page.url</c>: where errors go that no client may be told.</summary>
public sealed class CustomErrorPageTests : IAsyncLifetime
{
    private readonly ManagementScenario api = new();
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        browser = new Browser(api.Server, language: "ja");
        await api.PatchAsync("tenants/settings", """{"error_page":{"url":"https://www.example.com/oops?from=us"}}""");
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task The_browser_is_sent_there_with_what_is_known()
    {
        await browser.OpenAsync("/authorize?client_id=nothing&connection=some-connection&response_type=code");

        var query = QueryHelpers.ParseQuery(browser.LeftTo!.Query);
        Assert.Equal("https://www.example.com/oops", browser.LeftTo.GetLeftPart(UriPartial.Path));
        Assert.Equal("us", query["from"]);
        Assert.Equal("nothing", query["client_id"]);
        Assert.Equal("some-connection", query["connection"]);
        Assert.Equal("ja", query["lang"]);
        Assert.Equal("invalid_request", query["error"]);
        Assert.Equal("Unknown client: nothing", query["error_description"]);
        Assert.NotEmpty(query["tracking"].ToString());
        Assert.Equal("no-store", browser.Answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_logout_to_an_unknown_address_is_sent_there_too()
    {
        await browser.OpenAsync("/v2/logout?returnTo=https://unknown.example");

        Assert.Equal("www.example.com", browser.LeftTo!.Host);
    }

    [Fact]
    public async Task An_address_without_a_page_has_the_server_s_own()
    {
        await browser.OpenAsync("/nothing-here");

        Assert.Equal((HttpStatusCode.NotFound, null), (browser.Status, browser.LeftTo));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"url":""}""")]
    [InlineData("""{"url":null}""")]
    public async Task Without_one_the_server_s_own_page_is_shown(string value)
    {
        var answer = await api.PatchAsync("tenants/settings", $$"""{"error_page":{{value}}}""");
        await browser.OpenAsync("/authorize?client_id=nothing&response_type=code");

        Assert.Null(answer["error_page"]?["url"]);
        Assert.Equal((HttpStatusCode.BadRequest, null), (browser.Status, browser.LeftTo));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    public async Task It_is_a_web_address(string url) => Assert.Equal(
        400, (await api.PatchAsync("tenants/settings", $$$"""{"error_page":{"url":"{{{url}}}"}}""")).Status);
}
