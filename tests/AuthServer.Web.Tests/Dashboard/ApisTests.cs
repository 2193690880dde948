using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>APIs in the dashboard.</summary>
public sealed class ApisTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    private readonly Browser browser = dashboard.Browser;

    [Fact]
    public async Task A_new_one_gets_permissions_that_an_application_then_has_in_its_token()
    {
        await browser.OpenAsync("/dashboard/apis");
        await browser.ClickAsync("new");
        await browser.Fill("name", "Orders").Fill("identifier", "https://orders.example").ClickAsync("save");
        var id = browser.Url.Segments[^2].TrimEnd('/');
        Assert.True(browser.Has("nothing"), browser.Text);
        await browser.Fill("scopes.value", "read:orders").Fill("scopes.description", "Read orders").ClickAsync("save");
        Assert.Contains("Read orders", browser.Page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        await browser.OpenAsync($"/dashboard/apis/{id}");
        await browser.Fill("token_lifetime", "600").ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);

        await browser.OpenAsync($"/dashboard/apis/{id}/applications?q={TestServer.ClientId}");
        await browser.ClickAsync("give-" + TestServer.ClientId);
        await browser.Check("scope", "read:orders").ClickAsync("save");
        await browser.OpenAsync($"/dashboard/apis/{id}/applications");
        Assert.True(browser.Has("edit-" + TestServer.ClientId), browser.Text);

        var token = await new OAuth(dashboard.Server).PostAsync(
            "/oauth/token",
            ("grant_type", "client_credentials"),
            ("client_id", TestServer.ClientId),
            ("client_secret", TestServer.ClientSecret),
            ("audience", "https://orders.example"));
        Assert.Equal(("read:orders", "600"), (token["scope"], token["expires_in"]));
    }

    [Fact]
    public async Task Its_settings_are_those_of_the_management_api()
    {
        var api = await dashboard.Server.AddApiAsync(identifier: "https://settings.example");
        await browser.OpenAsync("/dashboard/apis/" + api.PublicId);
        await browser
            .Fill("signing_alg", "ES256").Fill("token_dialect", TokenDialects.Rfc9068Authz)
            .Check("enforce_policies").Check("proof_of_possession.required")
            .Fill("proof_of_possession.required_for", "public_clients")
            .ClickAsync("save");

        Assert.True(browser.Has("done"), browser.Text);
        var json = (await dashboard.Api.GetAsync("resource-servers/" + api.PublicId)).Json!;
        Assert.Equal(
            ("ES256", TokenDialects.Rfc9068Authz, true),
            ((string?)json["signing_alg"], (string?)json["token_dialect"], (bool)json["enforce_policies"]!));
        Assert.Equal(
            """{"mechanism":"dpop","required":true,"required_for":"public_clients"}""",
            json["proof_of_possession"]!.ToJsonString());
    }

    [Theory]
    [InlineData("identifier", "two words", "printable ASCII")]
    [InlineData("identifier", "orders:taken/", "already")]
    [InlineData("identifier", "", "Enter a value")]
    public async Task What_is_refused_is_said_at_its_field(string field, string value, string reason)
    {
        if ((await dashboard.Api.GetAsync("resource-servers/orders:taken")).Status == 404)
            await dashboard.Server.AddApiAsync(identifier: "orders:taken");
        await browser.OpenAsync("/dashboard/apis/new");
        await browser.Fill(field, value).ClickAsync("save");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal(value, browser.Input(field)!.GetAttribute("value"));
        Assert.Contains(reason, browser.Page.GetElementById(field + "-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permission_is_described_anew_and_removed_from_everything_that_has_it()
    {
        var api = await dashboard.Server.AddApiAsync(identifier: "https://contacts.example");
        await dashboard.Server.AddClientGrantAsync(TestServer.ClientId, api.Identifier, "read:contacts write:contacts");
        var path = $"/dashboard/apis/{api.PublicId}/permissions?permission=read%3Acontacts";
        await browser.OpenAsync(path);
        await dashboard.Api.PatchAsync(
            "resource-servers/" + api.PublicId,
            """
            {"scopes":[{"value":"read:contacts","description":"Theirs"},{"value":"write:contacts"}]}
            """);
        await browser.Fill("scopes.description", "Mine").ClickAsync("save");
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("Theirs", browser.Page.GetElementById("scopes-description-meanwhile")!.TextContent,
            StringComparison.Ordinal);
        await browser.ClickAsync("save");
        Assert.Equal(
            """[{"value":"write:contacts"},{"value":"read:contacts","description":"Mine"}]""", await ScopesAsync());

        await browser.OpenAsync(path);
        await browser.ClickAsync("remove");
        Assert.Equal("""[{"value":"write:contacts"}]""", await ScopesAsync());
        var grants = await dashboard.Api.GetAsync("client-grants?audience=https://contacts.example");
        Assert.Equal("""["write:contacts"]""", Assert.Single(grants.List)!["scope"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(path)).Status);

        await browser.OpenAsync($"/dashboard/apis/{api.PublicId}/permissions?q=write");
        await browser.Fill("scopes.value", "write:contacts").ClickAsync("save");
        Assert.Contains("already", browser.Page.GetElementById("scopes-value-error")!.TextContent,
            StringComparison.Ordinal);

        async Task<string> ScopesAsync() =>
            (await dashboard.Api.GetAsync("resource-servers/" + api.PublicId))["scopes"]!.ToJsonString();
    }

    [Fact]
    public async Task The_management_api_is_shown_and_its_fixed_parts_are_not_changed()
    {
        var system = (string)(await dashboard.Api.GetAsync("resource-servers")).List
            .Single(api => (bool)api!["is_system"]!)!["id"]!;
        await browser.OpenAsync("/dashboard/apis/" + system);
        Assert.True(browser.Has("system") && !browser.Has("delete") && browser.Input("name") is null, browser.Text);
        await browser.Fill("token_lifetime", "3600").ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
        await browser.OpenAsync($"/dashboard/apis/{system}/permissions");
        Assert.True(browser.Has("next") && browser.Input("scopes.value") is null, browser.Text);
        await browser.OpenAsync($"/dashboard/apis/{system}/delete");
        await browser.ClickAsync("delete-confirm");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    [Fact]
    public async Task A_viewer_changes_nothing_and_an_administrator_deletes_one_after_a_question()
    {
        var api = await dashboard.Server.AddApiAsync(
            a => a.DisplayName = "<script>alert(1)</script>", "https://deleted.example");
        var (viewer, path) = (dashboard.Viewer, "/dashboard/apis/" + api.PublicId);
        await viewer.OpenAsync(path + "/permissions");
        Assert.Equal((HttpStatusCode.OK, false), (viewer.Status, viewer.Has("save")));
        foreach (var handler in new[] { "", "?permission=read%3Acontacts&handler=Remove" })
        {
            Assert.Equal(
                HttpStatusCode.Forbidden,
                await dashboard.Server.PostAsync(viewer, path + "/permissions" + handler, site: null));
        }

        await browser.OpenAsync(path);
        Assert.Empty(browser.Page.QuerySelectorAll("script:not([src])"));
        await browser.ClickAsync("delete");
        await browser.ClickAsync("delete-confirm");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(path)).Status);
        Assert.Equal(404, (await dashboard.Api.GetAsync("resource-servers/" + api.PublicId)).Status);
    }
}
