using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Organizations;

/// <summary>docs/security.md#organizations: only the invited user joins, once.</summary>
public sealed class InvitationTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private const string Password = "four unrelated words here";
    private readonly TestServer server = running.Server;
    private readonly string email = $"grace-{Core.OpaqueToken.Hex(8)}@example.com";
    private Browser browser = null!;
    private Client client = null!;
    private Organization acme = null!;

    public async ValueTask InitializeAsync()
    {
        browser = new Browser(server);
        client = await server.AddOrganizationClientAsync("require");
        acme = await server.AddOrganizationAsync(
            "acme-" + Core.OpaqueToken.Hex(8), o => o.DisplayName = "Acme Corporation");
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signing_up_joins_with_the_invited_roles_and_only_the_email_proves_the_address(bool byMail)
    {
        var role = new Core.Model.Role { Id = "rol_" + Core.OpaqueToken.Alphanumeric(16), Name = email };
        await server.ChangeAsync(db => Task.FromResult(db.Add(role)));
        var (_, ticket, mailed) = await server.InviteAsync(acme, client, email, roles: [role.Id, "rol_gone"]);

        await OpenAsync(byMail ? mailed : ticket);
        Assert.Equal("/u/signup", browser.Url.AbsolutePath);
        Assert.Contains(
            $"Ada Lovelace invited {email} to join Acme Corporation.", browser.Text, StringComparison.Ordinal);
        Assert.True(browser.Input("username")!.HasAttribute("readonly"));
        await SignUpAsync("somebody-else@example.com");

        Assert.NotNull(browser.Returned("code"));
        var user = await UserAsync();
        Assert.Equal((byMail, """{"team":"blue"}"""), (user.EmailVerified, user.UserMetadata));
        Assert.True(await server.IsMemberAsync(acme, user));
        Assert.Contains(
            (await server.EventsAsync()).Where(e => e.UserId == user.UserId),
            e => (e.Type, e.Description, e.OrganizationId) == ("sapi", "Accept an invitation", acme.Id));
        Assert.Equal(
            [role.Id],
            await server.WithAsync<AuthDbContext, List<string>>(db =>
                db.OrganizationMemberRoles.Where(r => r.UserId == user.UserId).Select(r => r.RoleId).ToListAsync()));
    }

    [Fact]
    public async Task An_invited_user_may_sign_up_where_sign_up_is_disabled()
    {
        await server.ChangeAsync<Core.Model.Connection>(_ => true, c => c.DisableSignup = true);
        var (_, ticket, _) = await server.InviteAsync(acme, client, email);
        await OpenAsync(ticket);
        await SignUpAsync();
        await server.ChangeAsync<Core.Model.Connection>(_ => true, c => c.DisableSignup = false);

        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_user_with_an_account_signs_in_and_the_first_page_is_the_same()
    {
        var user = await server.AddUserAsync(email, Password);
        var (_, ticket, _) = await server.InviteAsync(acme, client, email.ToUpperInvariant());
        await OpenAsync(ticket);
        Assert.Equal("/u/signup", browser.Url.AbsolutePath);
        await browser.ClickAsync("login-link");
        Assert.Equal(email.ToUpperInvariant(), browser.Input("username")!.GetAttribute("value"));
        await browser.SignInAsync(email, Password);

        Assert.NotNull(browser.Returned("code"));
        Assert.True(await server.IsMemberAsync(acme, user));
        Assert.Equal("{}", (await UserAsync()).UserMetadata);
    }

    [Fact]
    public async Task A_signed_in_user_has_to_confirm()
    {
        var user = await server.AddUserAsync(email, Password);
        var (_, ticket, _) = await server.InviteAsync(acme, client, email);
        await BeSignedInAsync(user);
        await OpenAsync(ticket);
        Assert.Equal("/u/invitation", browser.Url.AbsolutePath);
        Assert.False(await server.IsMemberAsync(acme, user));

        await browser.ClickAsync("invitation-accept");

        Assert.NotNull(browser.Returned("code"));
        Assert.True(await server.IsMemberAsync(acme, user));
    }

    [Fact]
    public async Task Or_no()
    {
        var user = await server.AddUserAsync(email, Password);
        var (_, ticket, _) = await server.InviteAsync(acme, client, email);
        await BeSignedInAsync(user);
        await OpenAsync(ticket);
        await browser.ClickAsync("invitation-cancel");

        Assert.Equal("access_denied", browser.Returned("error"));
        Assert.False(await server.IsMemberAsync(acme, user));
    }

    [Fact]
    public async Task An_account_of_another_address_can_t_accept_and_may_be_changed()
    {
        var other = await server.AddUserAsync("not-" + email, Password);
        var (_, ticket, _) = await server.InviteAsync(acme, client, email);
        await BeSignedInAsync(other);
        await OpenAsync(ticket);
        Assert.Contains("This invitation is for another account", browser.Text, StringComparison.Ordinal);
        Assert.False(browser.Has("invitation-accept"));
        await browser.ClickAsync("invitation-another", ("action", "accept"));
        Assert.False(await server.IsMemberAsync(acme, other));

        await OpenAsync(ticket);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await browser.ClickAsync("invitation-another");
        Assert.Equal("/u/signup", browser.Url.AbsolutePath);
        await SignUpAsync();

        Assert.NotNull(browser.Returned("code"));
        Assert.True(await server.IsMemberAsync(acme, await UserAsync()));
    }

    [Fact]
    public async Task Nor_one_that_signs_in_for_it()
    {
        var other = await server.AddUserAsync("not-" + email, Password);
        var (_, ticket, _) = await server.InviteAsync(acme, client, email);
        await OpenAsync(ticket);
        await browser.ClickAsync("login-link");
        await browser.SignInAsync("not-" + email, Password);

        Assert.Equal("/u/invitation", browser.Url.AbsolutePath);
        Assert.False(await server.IsMemberAsync(acme, other));
    }

    [Fact]
    public async Task A_used_ticket_explains_itself_and_lets_its_owner_through()
    {
        var (_, ticket, mailed) = await server.InviteAsync(acme, client, email);
        await OpenAsync(ticket);
        await SignUpAsync();
        await OpenAsync(mailed);
        Assert.NotNull(browser.Returned("code"));

        browser.SetCookie("sid", null);
        await OpenAsync(mailed);
        Assert.Contains("This invitation was used already", browser.Text, StringComparison.Ordinal);
        await browser.ClickAsync("invitation-without");
        await browser.SignInAsync(email, Password);
        Assert.NotNull(browser.Returned("code"));
    }

    [Theory]
    [InlineData("expired", "This invitation has expired")]
    [InlineData("revoked", "This invitation was withdrawn")]
    [InlineData("changed", "This invitation can't be found")]
    [InlineData("cut", "This invitation can't be found")]
    [InlineData("of another organization", "This invitation can't be found")]
    [InlineData("of another client", "This invitation can't be found")]
    public async Task Every_other_ticket_explains_itself_and_makes_no_member(string which, string text)
    {
        var user = await server.AddUserAsync(email, Password);
        var other = await server.AddOrganizationAsync("other-" + Core.OpaqueToken.Hex(8));
        var (invitation, ticket, _) = await server.InviteAsync(
            which == "of another organization" ? other : acme,
            which == "of another client" ? await server.AddOrganizationClientAsync("allow") : client,
            email);
        await BeSignedInAsync(user);
        switch (which)
        {
            case "expired":
                await server.ChangeAsync(async db =>
                    db.Entry(await db.Invitations.SingleAsync(i => i.Id == invitation.Id))
                        .Property(i => i.ExpiresAt)
                        .CurrentValue = server.Time.GetUtcNow());
                break;
            case "revoked":
                await server.ChangeAsync<Invitation>(
                    i => i.Id == invitation.Id, i => i.RevokedAt = server.Time.GetUtcNow());
                break;
            case "changed":
                ticket = (ticket[0] == 'A' ? 'B' : 'A') + ticket[1..];
                break;
            case "cut":
                ticket = ticket[..^1];
                break;
        }

        await OpenAsync(ticket);

        Assert.Equal("/u/invitation", browser.Url.AbsolutePath);
        Assert.Contains(text, browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(email, browser.Text, StringComparison.Ordinal);
        Assert.True(browser.Has("invitation-without") && browser.Has("invitation-cancel"));
        await browser.ClickAsync("invitation-without", ("action", "accept"));
        Assert.False(await server.IsMemberAsync(acme, user) || await server.IsMemberAsync(other, user));
    }

    [Fact]
    public async Task A_ticket_comes_with_its_organization()
    {
        var (_, ticket, _) = await server.InviteAsync(acme, client, email);
        await browser.OpenAsync(client.Authorize(("invitation", ticket)));

        Assert.Equal(
            ("invalid_request", "Missing required parameter: organization"),
            (browser.Returned("error"), browser.Returned("error_description")));
    }

    [Fact]
    public async Task A_bound_connection_is_the_only_one()
    {
        var other = new Core.Model.Connection
        {
            Id = "con_" + Core.OpaqueToken.Alphanumeric(16),
            Name = "other-" + Core.OpaqueToken.Hex(6),
            Strategy = "auth0",
        };
        await server.ChangeAsync(db =>
        {
            db.Add(other);
            db.Add(new OrganizationConnection { OrganizationId = acme.Id, ConnectionId = other.Id });
            return Task.FromResult(
                db.Add(new Core.Model.ConnectionClient { ConnectionId = other.Id, ClientId = client.ClientId }));
        });
        var (_, ticket, _) = await server.InviteAsync(acme, client, email, i => Bound(i, other.Id));
        await OpenAsync(ticket);
        await SignUpAsync();

        Assert.Equal(other.Name, (await UserAsync()).Connection);
    }

    [Theory]
    [InlineData("/u/signup", "Acme Corporationへの招待が")]
    [InlineData("/u/invitation", "招待が見つかりません")]
    public async Task The_pages_speak_Japanese(string page, string text)
    {
        using var japanese = new Browser(server, "ja");
        var (_, ticket, _) = await server.InviteAsync(acme, client, email);
        await japanese.OpenAsync(
            client.Authorize(("organization", acme.Id), ("invitation", page == "/u/signup" ? ticket : "unknown")));

        Assert.Equal(page, japanese.Url.AbsolutePath);
        Assert.Contains(text, japanese.Text, StringComparison.Ordinal);
    }

    private Task<Browser> OpenAsync(string ticket) =>
        browser.OpenAsync(client.Authorize(("organization", acme.Id), ("invitation", ticket)));

    private Task<Browser> SignUpAsync(string? typed = null) =>
        browser.Fill("username", typed ?? email).Fill("password", Password).ClickAsync("signup-submit");

    private async Task BeSignedInAsync(User user)
    {
        browser.SetCookie("sid", await server.StartSessionAsync(user));
        server.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private Task<User> UserAsync() =>
        server.WithAsync<AuthDbContext, User>(db => db.Users.SingleAsync(u => u.NormalizedEmail == email));

    private static Invitation Bound(Invitation i, string connectionId) => new()
    {
        Id = i.Id,
        OrganizationId = i.OrganizationId,
        ClientId = i.ClientId,
        ConnectionId = connectionId,
        TicketHash = i.TicketHash,
        MailedTicketHash = i.MailedTicketHash,
        InviterName = i.InviterName,
        Email = i.Email,
        CreatedAt = i.CreatedAt,
        ExpiresAt = i.ExpiresAt,
    };
}
