using System.Net;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>Organizations in the dashboard.</summary>
public sealed class OrganizationsTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private readonly TestServer server = running.Server;
    private readonly string name = "acme-" + OpaqueToken.Hex(8);
    private Organization acme = null!;
    private User grace = null!;
    private Browser browser = null!;

    private string Path => "/dashboard/organizations/" + acme.Id;

    public async ValueTask InitializeAsync()
    {
        grace = await server.AddUserAsync($"grace-{name}@example.com", DashboardSession.Password);
        acme = await server.AddOrganizationAsync(name);
        browser = await server.OpenDashboardAsync("/dashboard/organizations");
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_is_created_found_and_deleted_after_a_question()
    {
        await browser.ClickAsync("new");
        await browser.Fill("name", "Not a name").ClickAsync("save");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal("Not a name", browser.Input("name")!.GetAttribute("value"));
        Assert.Contains("a-z", browser.Page.GetElementById("name-error")!.TextContent, StringComparison.Ordinal);

        await browser.Fill("name", "new-" + name).Fill("display_name", "<b>Înitech</b>").ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
        Assert.Equal("<b>Înitech</b>", browser.Page.QuerySelector("h1")!.TextContent);
        var path = browser.Url.AbsolutePath;

        foreach (var search in new[] { "NEW-" + name, "îNITECH", path.Split('/')[^1] })
        {
            await browser.OpenAsync("/dashboard/organizations?q=" + search);
            Assert.Contains("new-" + name, browser.Text, StringComparison.Ordinal);
            Assert.Single(browser.Page.QuerySelectorAll("tbody tr"));
        }

        await browser.OpenAsync(path);
        await browser.ClickAsync("delete");
        await browser.ClickAsync("delete-confirm");
        Assert.True(browser.Has("done"), browser.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(path)).Status);
    }

    [Fact]
    public async Task Names_branding_access_and_metadata_are_saved_and_what_is_wrong_is_at_its_field()
    {
        await browser.OpenAsync(Path);
        await browser.Fill("branding.colors.primary", "blue").Fill("metadata", """{"plan":1}""").ClickAsync("save");
        Assert.Contains(
            "#0059d6", browser.Page.GetElementById("branding-colors-primary-error")!.TextContent,
            StringComparison.Ordinal);

        await browser.Fill("branding.colors.primary", "#123456").Fill("metadata", """{"plan":1}""").ClickAsync("save");
        Assert.True(browser.Has("metadata-error"), browser.Text);

        await browser.Fill("display_name", "Acme Corporation")
            .Fill("branding.colors.primary", "#123456")
            .Fill("metadata", """{"plan":"team"}""")
            .Check("third_party_client_access")
            .ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
        var api = await ManagementScenario.On(server).GetAsync("organizations/" + acme.Id);
        Assert.Equal("Acme Corporation", api.Text("display_name"));
        Assert.Equal("#123456", (string?)api["branding"]!["colors"]!["primary"]);
        Assert.Equal(("team", "allow"), ((string?)api["metadata"]!["plan"], api.Text("third_party_client_access")));

        await browser.Check("third_party_client_access", on: false).ClickAsync("save");
        Assert.False((await OrganizationAsync()).AllowsThirdParties);
        await server.ChangeAsync<Organization>(o => o.Id == acme.Id, o => o.DisplayName = "Meanwhile");
        await browser.Fill("display_name", "Mine").ClickAsync("save");
        Assert.Equal((HttpStatusCode.Conflict, true), (browser.Status, browser.Has("outdated")));
        Assert.Equal("Meanwhile", (await OrganizationAsync()).DisplayName);
    }

    [Fact]
    public async Task A_user_is_found_added_given_a_role_and_removed()
    {
        var role = new Role { Id = "rol_" + OpaqueToken.Alphanumeric(16), Name = "Editor " + name };
        await server.ChangeAsync(db => Task.FromResult(db.Add(role)));
        await browser.OpenAsync($"{Path}/members?q=grace-{name}");
        await browser.ClickAsync("add-0");
        Assert.True(await server.IsMemberAsync(acme, grace));

        await browser.ClickAsync("roles-" + grace.UserId);
        await browser.Fill("role", role.Id).ClickAsync("assign");
        Assert.True(browser.Has("remove-" + role.Id), browser.Text);
        var roles = await ManagementScenario.On(server)
            .GetAsync($"organizations/{acme.Id}/members/{grace.UserId}/roles");
        Assert.Equal(role.Id, (string?)Assert.Single(roles.Json!.AsArray())!["id"]);
        await browser.OpenAsync(Path + "/members");
        Assert.Contains(role.Name, browser.Text, StringComparison.Ordinal);

        await browser.OpenAsync($"/dashboard/users/{Uri.EscapeDataString(grace.UserId)}/organizations");
        await browser.ClickAsync("roles-" + acme.Id);
        await browser.ClickAsync("remove-" + role.Id);
        Assert.False(browser.Has("remove-" + role.Id), browser.Text);
        await browser.OpenAsync(Path + "/members");
        await browser.ClickAsync("remove-" + grace.UserId);
        Assert.False(await server.IsMemberAsync(acme, grace));
    }

    /// <summary>The link of the page, and no other page, lets the person in.</summary>
    [Fact]
    public async Task An_invitation_has_a_link_that_works_and_is_shown_once()
    {
        var client = await server.AddOrganizationClientAsync(OrganizationUsages.Require);
        await browser.OpenAsync(Path + "/invitations");
        var thirdParty = await server.AddOrganizationClientAsync(OrganizationUsages.Require);
        await server.ChangeAsync<Client>(c => c.ClientId == thirdParty.ClientId, c => c.IsFirstParty = false);
        await browser.ClickAsync("new");
        Assert.DoesNotContain(thirdParty.ClientId, browser.Html, StringComparison.Ordinal);
        await browser.Fill("invitee.email", "nowhere").Fill("client_id", client.ClientId).ClickAsync("save");
        Assert.True(browser.Has("invitee-email-error"), browser.Text);
        await browser.Fill("invitee.email", grace.Email!).Fill("client_id", client.ClientId)
            .Check("send_invitation_email", on: false).ClickAsync("save");
        var link = new Uri(browser.Page.GetElementById("link")!.GetAttribute("value")!);
        await browser.ClickAsync("back");
        Assert.Contains(grace.Email!, browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("invitation=", browser.Html, StringComparison.Ordinal);

        using var theirs = new Browser(server);
        var ticket = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(link.Query)["invitation"].ToString();
        await theirs.OpenAsync(client.Authorize(("organization", acme.Id), ("invitation", ticket)));
        await theirs.ClickAsync("login-link");
        await theirs.SignInAsync(grace.Email!, DashboardSession.Password);
        Assert.NotNull(theirs.Returned("code"));
        Assert.True(await server.IsMemberAsync(acme, grace));

        var (invitation, second, _) = await server.InviteAsync(acme, client, "other@example.com");
        await browser.OpenAsync(Path + "/invitations");
        await browser.ClickAsync("revoke-" + invitation.Id);
        Assert.True(browser.Has("done"), browser.Text);
        await theirs.OpenAsync(client.Authorize(("organization", acme.Id), ("invitation", second)));
        Assert.False(theirs.Has("login-submit"), theirs.Text);
    }

    [Fact]
    public async Task A_connection_is_added_switched_and_removed()
    {
        var provider = new Connection { Id = "con_" + name, Name = "idp-" + name, Strategy = "google-oauth2" };
        await server.ChangeAsync(db => Task.FromResult(db.Add(provider)));
        await browser.OpenAsync(Path + "/connections");
        await browser.Fill("connection", provider.Id).ClickAsync("add");
        await browser.ClickAsync("edit-" + provider.Id);
        Assert.Null(browser.Input("is_signup_enabled"));
        await browser.Check("assign_membership_on_login").Check("show_as_button", on: false).ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
        var stored = (await OrganizationAsync()).Enabled(provider.Id)!;
        Assert.Equal((true, false), (stored.AssignMembershipOnLogin, stored.ShowAsButton));
        await browser.ClickAsync("remove");
        Assert.Null((await OrganizationAsync()).Enabled(provider.Id));

        var database = Assert.Single(acme.Connections).ConnectionId;
        await browser.OpenAsync($"{Path}/connections/{database}");
        await browser.Check("is_signup_enabled").ClickAsync("save");
        Assert.True(browser.Has("problem"), browser.Text);
        await browser.Check("is_signup_enabled").Check("assign_membership_on_login").ClickAsync("save");
        Assert.True((await OrganizationAsync()).Enabled(database)!.IsSignupEnabled);
    }

    [Fact]
    public async Task An_application_signs_users_in_to_organizations_and_acts_for_one()
    {
        var client = await server.AddClientAsync();
        await browser.OpenAsync($"/dashboard/applications/{client.ClientId}/organizations");
        await browser.Fill("default_organization.organization_id", "org_none").ClickAsync("save");
        Assert.True(browser.Has("default_organization-organization_id-error"), browser.Text);
        await browser.Fill("organization_usage", OrganizationUsages.Require)
            .Fill("organization_require_behavior", OrganizationPrompts.BeforeLogin)
            .Fill("default_organization.organization_id", acme.Id)
            .ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
        var stored = await server.StoredClientAsync(client.ClientId);
        Assert.Equal(
            (OrganizationUsages.Require, OrganizationPrompts.BeforeLogin, acme.Id),
            (stored.OrganizationUsage, stored.OrganizationPrompt, stored.DefaultOrganizationId));

        await browser.Fill("default_organization.organization_id", "").ClickAsync("save");
        Assert.Null((await server.StoredClientAsync(client.ClientId)).DefaultOrganizationId);
    }

    [Fact]
    public async Task A_viewer_sees_organizations_and_changes_nothing()
    {
        await server.ChangeAsync(db => Task.FromResult(db.Add(
            new OrganizationMember { OrganizationId = acme.Id, UserId = grace.UserId, CreatedAt = acme.CreatedAt })));
        var empty = await server.AddOrganizationAsync("empty-" + name);
        using var viewer = await server.OpenDashboardAsViewerAsync($"/dashboard/organizations/{empty.Id}/members");
        Assert.Equal("There are no members yet.", viewer.Page.GetElementById("nothing")!.TextContent.Trim());
        await viewer.OpenAsync(Path + "/members");
        Assert.Contains(grace.Email!, viewer.Text, StringComparison.Ordinal);
        Assert.False(viewer.Has("search") || viewer.Has("remove-" + grace.UserId), viewer.Text);
        await viewer.OpenAsync(Path);
        Assert.False(viewer.Has("save") || viewer.Has("delete"), viewer.Text);
        foreach (var (path, handler) in new[]
        {
            ("", ""), ("/delete", ""), ("/members", "?handler=Add"), ("/members", "?handler=Remove"),
            ($"/members/{grace.UserId}", "?handler=Assign"), ("/connections", "?handler=Add"),
            ($"/connections/{acme.Connections[0].ConnectionId}", "?handler=Remove"),
            ("/invitations/new", ""),
        })
        {
            var status = await server.PostAsync(
                viewer, Path + path + handler, site: null, ("user", grace.UserId), ("role", "rol_none"));
            Assert.Equal((path + handler, HttpStatusCode.Forbidden), (path + handler, status));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.OpenAsync(Path + "/invitations")).Status);
        Assert.True(await server.IsMemberAsync(acme, grace));
    }

    private Task<Organization> OrganizationAsync() => server.WithAsync<AuthDbContext, Organization>(
        db => db.Organizations.AsNoTracking().Include(o => o.Connections).SingleAsync(o => o.Id == acme.Id));
}
