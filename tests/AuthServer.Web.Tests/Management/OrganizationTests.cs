using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>Organizations, and what belongs to them, in the Management API.</summary>
public sealed class OrganizationTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task An_organization_is_made_changed_found_and_deleted()
    {
        var made = await api.PostAsync(
            "organizations",
            """
            {"name":"acme","display_name":"Acme","branding":{"logo_url":"https://a.example/l.png",
            "colors":{"primary":"#112233","page_background":"#ffeedd"}},"metadata":{"a":"1","b":"2"}}
            """
        );
        var id = made.Text("id");
        Assert.Equal((201, true, 20), (made.Status, id.StartsWith("org_", StringComparison.Ordinal), id.Length));
        Assert.Equal(
            """{"logo_url":"https://a.example/l.png","colors":{"primary":"#112233","page_background":"#ffeedd"}}""",
            made["branding"]!.ToJsonString());

        var changed = await api.PatchAsync(
            $"organizations/{id}", """{"display_name":"Acme Inc","metadata":{"b":"2","c":"3"}}""");
        Assert.Equal(
            ("acme", "Acme Inc", "b,c", "#112233"),
            (
                changed.Text("name"),
                changed.Text("display_name"),
                string.Join(',', changed["metadata"]!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal)),
                changed["branding"]!["colors"]!["primary"]!.GetValue<string>()));
        Assert.Equal(id, (await api.GetAsync("organizations/name/acme")).Text("id"));
        Assert.Equal(409, (await api.PostAsync("organizations", """{"name":"acme"}""")).Status);
        Assert.Equal(204, (await api.DeleteAsync($"organizations/{id}")).Status);
        var gone = await api.GetAsync($"organizations/{id}");
        Assert.Equal((404, null), (gone.Status, gone["errorCode"]));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"Acme"}""")]
    [InlineData("""{"name":"org_acme"}""")]
    [InlineData("""{"name":"x","more":1}""")]
    [InlineData("""{"name":"x","branding":{"colors":{"primary":"red;}"}}}""")]
    [InlineData("""{"name":"x","branding":{"logo_url":"javascript:alert(1)"}}""")]
    [InlineData("""{"name":"x","metadata":{"a":1}}""")]
    [InlineData("""{"name":"x","third_party_client_access":"maybe"}""")]
    [InlineData("""{"name":"x","enabled_connections":[{}]}""")]
    [InlineData("""{"name":"x","enabled_connections":[1]}""")]
    [InlineData("""{"name":"x","enabled_connections":{}}""")]
    [InlineData("""{"name":"x","enabled_connections":[{"connection_id":"con_x","is_signup_enabled":true}]}""")]
    public async Task An_invalid_organization_is_refused(string body) =>
        Assert.Equal(400, (await api.PostAsync("organizations", body)).Status);

    [Theory]
    [InlineData("create:organizations", 403)]
    [InlineData("create:organizations create:organization_connections", 201)]
    public async Task Connections_at_creation_need_their_own_scope(string scopes, int status)
    {
        var connection = (await api.GetAsync("connections")).List[0]!["id"];
        var body = $$"""{"name":"at-{{status}}","enabled_connections":[{"connection_id":"{{connection}}"}]}""";

        var made = await api.WithScopesAsync(scopes, a => a.PostAsync("organizations", body));

        Assert.Equal(status, made.Status);
    }

    [Fact]
    public async Task The_list_is_read_by_page_and_from_a_checkpoint_in_every_order()
    {
        await using var fresh = new ManagementScenario();
        foreach (var name in new[] { "b", "c", "a" })
        {
            await fresh.PostAsync("organizations", $$"""{"name":"{{name}}","display_name":"D{{name}}"}""");
            fresh.Server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, (await fresh.GetAsync("organizations?include_totals=true"))["total"]!.GetValue<int>());
        foreach (var (sort, order) in new[]
            {
                ("name:1", "abc"),
                ("name:-1", "cba"),
                ("created_at:1", "bca"),
                ("created_at:-1", "acb"),
            })
        {
            Assert.Equal(
                order,
                string.Concat(
                    (await fresh.GetAsync($"organizations?sort={sort}")).List.Select(o =>
                        o!["name"]!.GetValue<string>())));
            var (walked, from) = ("", "");
            do
            {
                var page = await fresh.GetAsync($"organizations?sort={sort}&take=1{from}");
                walked += page["organizations"]![0]!["name"]!.GetValue<string>();
                from = page["next"] is { } next ? "&from=" + next.GetValue<string>() : null;
            } while (from is not null);
            Assert.Equal(order, walked);
        }

        Assert.Equal(
            "abc",
            string.Concat(
                (await fresh.GetAsync("organizations?sort=display_name:1")).List.Select(o =>
                    o!["name"]!.GetValue<string>())));
        Assert.Equal(400, (await fresh.GetAsync("organizations?sort=metadata:1")).Status);
    }

    [Fact]
    public async Task Members_come_have_roles_and_go_with_all_their_tokens()
    {
        var (id, user) = (await NewAsync(), await api.NewUserAsync($"{Guid.NewGuid():N}@example.com"));
        var role = (await api.PostAsync("roles", $$"""{"name":"{{Guid.NewGuid():N}}"}""")).Text("id");
        var path = $"organizations/{id}/members/{Uri.EscapeDataString(user)}/roles";
        var (members, roles) = ($$"""{"members":["{{user}}"]}""", $$"""{"roles":["{{role}}"]}""");

        Assert.Equal(404, (await api.PostAsync(path, roles)).Status);
        Assert.Equal(
            404, (await api.PostAsync($"organizations/{id}/members", """{"members":["auth0|nobody"]}""")).Status);
        for (var twice = 0; twice < 2; twice++)
        {
            Assert.Equal(204, (await api.PostAsync($"organizations/{id}/members", members)).Status);
            Assert.Equal(204, (await api.PostAsync(path, roles)).Status);
        }

        Assert.Equal(role, (await api.GetAsync(path)).List.Single()!["id"]!.GetValue<string>());
        Assert.Null((await api.GetAsync($"organizations/{id}/members?take=10"))["members"]![0]!["roles"]);
        Assert.Equal(
            role,
            (await api.GetAsync($"organizations/{id}/members?take=10&fields=user_id,roles"))["members"]![0]!["roles"]![
                0
            ]!["id"]!.GetValue<string>());
        Assert.Equal(
            403,
            (await api.WithScopesAsync(
                    "read:organization_members", a => a.GetAsync($"organizations/{id}/members?fields=roles"))).Status);
        Assert.Equal(
            user,
            (await api.GetAsync($"organizations/{id}/roles/{role}/members?take=10"))["members"]![0]![
                "user_id"
            ]!.GetValue<string>());
        Assert.Equal(
            id,
            (await api.GetAsync($"users/{Uri.EscapeDataString(user)}/organizations?include_totals=true"))[
                "organizations"
            ]![0]!["id"]!.GetValue<string>());
        Assert.Equal(204, (await api.SendAsync(HttpMethod.Delete, $"organizations/{id}/members", members)).Status);
        Assert.Empty((await api.GetAsync($"organizations/{id}/members")).List);
        Assert.Equal(404, (await api.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_caller_can_not_give_or_take_a_permission_of_this_API_that_it_lacks()
    {
        var (id, user) = (await NewAsync(), await api.NewUserAsync($"{Guid.NewGuid():N}@example.com"));
        var role = (await api.PostAsync("roles", $$"""{"name":"{{Guid.NewGuid():N}}"}""")).Text("id");
        await api.PostAsync(
            $"roles/{role}/permissions",
            $$"""
            {"permissions":[{"resource_server_identifier":"{{api.Server.Issuer.Value}}api/v2/",
            "permission_name":"delete:clients"}]}
            """
        );
        await api.PostAsync($"organizations/{id}/members", $$"""{"members":["{{user}}"]}""");
        var client = await NewClientAsync();
        var (path, roles) = (
            $"organizations/{id}/members/{Uri.EscapeDataString(user)}/roles", $$"""{"roles":["{{role}}"]}""");

        Assert.Equal(
            403,
            (await api.WithScopesAsync("create:organization_member_roles", a => a.PostAsync(path, roles))).Status);
        Assert.Equal(204, (await api.PostAsync(path, roles)).Status);
        Assert.Equal(
            403,
            (await api.WithScopesAsync(
                "delete:organization_member_roles", a => a.SendAsync(HttpMethod.Delete, path, roles))).Status);
        Assert.Single((await api.GetAsync(path)).List);
        Assert.Equal(
            403,
            (
                await api.WithScopesAsync(
                    "create:organization_invitations",
                    a =>
                        a.PostAsync(
                            $"organizations/{id}/invitations",
                            $$"""
                            {"inviter":{"name":"A"},"invitee":{"email":"a@example.com"},"client_id":"{{client}}",
                            "roles":["{{role}}"]}
                            """
                        ))).Status);
    }

    [Theory]
    [InlineData("enabled_connections")]
    [InlineData("connections")]
    public async Task Connections_are_enabled_changed_and_taken_away_at_both_addresses(string key)
    {
        var id = await NewAsync();
        var connection = (await api.GetAsync("connections")).List[0]!["id"]!.GetValue<string>();
        var body = $$"""{"connection_id":"{{connection}}","assign_membership_on_login":true}""";

        Assert.Equal(201, (await api.PostAsync($"organizations/{id}/{key}", body)).Status);
        Assert.Equal(409, (await api.PostAsync($"organizations/{id}/{key}", body)).Status);
        var shown = (await api.GetAsync($"organizations/{id}/{key}?include_totals=true"))[key]![0]!;
        Assert.Equal(
            (connection, true, true, "auth0"),
            (
                shown["connection_id"]!.GetValue<string>(),
                shown["assign_membership_on_login"]!.GetValue<bool>(),
                shown["show_as_button"]!.GetValue<bool>(),
                shown["connection"]!["strategy"]!.GetValue<string>()));
        Assert.True(
            (await api.PatchAsync($"organizations/{id}/{key}/{connection}", """{"is_signup_enabled":true}"""))[
                "is_signup_enabled"
            ]!.GetValue<bool>());
        Assert.Equal(
            400,
            (
                await api.PatchAsync(
                    $"organizations/{id}/{key}/{connection}",
                    """{"assign_membership_on_login":false}"""
                )).Status);
        Assert.Equal(204, (await api.DeleteAsync($"organizations/{id}/{key}/{connection}")).Status);
        Assert.Equal(404, (await api.GetAsync($"organizations/{id}/{key}/{connection}")).Status);
    }

    [Fact]
    public async Task A_disabled_connection_is_only_at_the_newer_address()
    {
        var id = await NewAsync();
        var connection = (await api.GetAsync("connections")).List[0]!["id"]!.GetValue<string>();
        var made = await api.PostAsync(
            $"organizations/{id}/connections",
            $$"""{"connection_id":"{{connection}}","is_enabled":false,"organization_access_level":"none"}""");

        Assert.False(made["is_enabled"]!.GetValue<bool>());
        Assert.Empty((await api.GetAsync($"organizations/{id}/enabled_connections")).List);
        Assert.Empty((await api.GetAsync($"organizations/{id}/connections?is_enabled=true")).List);
        Assert.Single((await api.GetAsync($"organizations/{id}/connections")).List);
        Assert.Equal(
            201,
            (
                await api.PostAsync(
                    $"organizations/{id}/enabled_connections",
                    $$"""{"connection_id":"{{connection}}"}"""
                )).Status);
    }

    [Fact]
    public async Task An_invitation_shows_its_ticket_once_and_the_email_has_another()
    {
        var (id, client) = (await NewAsync(), await NewClientAsync());
        var email = $"{Guid.NewGuid():N}@example.com";
        var made = await api.PostAsync(
            $"organizations/{id}/invitations",
            $$"""
            {"inviter":{"name":"Ada <b>"},"invitee":{"email":"{{email}}"},"client_id":"{{client}}",
            "app_metadata":{"x":1},"ttl_sec":60}
            """
        );

        Assert.Equal(201, made.Status);
        Assert.StartsWith("uinv_", made.Text("id"), StringComparison.Ordinal);
        Assert.Equal(
            TimeSpan.FromSeconds(60),
            DateTimeOffset.Parse(made.Text("expires_at"), null) - DateTimeOffset.Parse(made.Text("created_at"), null));
        Assert.Equal(
            $"https://app.example/login?invitation={made.Text("ticket_id")}&organization={id}&organization_name=",
            made.Text("invitation_url")[..^made.Text("invitation_url").Split("organization_name=")[1].Length]);
        var letter = (await api.Server.EmailsAsync()).Single(one => one.To == email);
        Assert.Contains("https://app.example/login?invitation=", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Text("ticket_id"), letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", letter.Html, StringComparison.Ordinal);

        foreach (var later in new[]
            {
                await api.GetAsync($"organizations/{id}/invitations/{made.Text("id")}"),
                await api.GetAsync($"organizations/{id}/invitations"),
            })
            Assert.DoesNotContain("ticket", later.Json!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(204, (await api.DeleteAsync($"organizations/{id}/invitations/{made.Text("id")}")).Status);
        Assert.Equal(404, (await api.GetAsync($"organizations/{id}/invitations/{made.Text("id")}")).Status);
        Assert.Equal(404, (await api.DeleteAsync($"organizations/{id}/invitations/{made.Text("id")}")).Status);
    }

    [Fact]
    public async Task An_invitation_email_can_be_declined_and_is_in_the_tenant_s_first_language()
    {
        var (id, client) = (await NewAsync(), await NewClientAsync());
        Task<ManagementAnswer> InviteAsync(string email, string more = "") =>
            api.PostAsync(
                $"organizations/{id}/invitations",
                $$$"""
                {"inviter":{"name":"Ada"},"invitee":{"email":"{{{email}}}"},"client_id":"{{{client}}}"{{{more}}} }
                """
            );
        await InviteAsync("quiet@example.com", ",\"send_invitation_email\":false");
        await api.PatchAsync("tenants/settings", """{"enabled_locales":["ja","en"]}""");
        await InviteAsync("ja@example.com");
        await api.PatchAsync("tenants/settings", """{"enabled_locales":["en","ja"]}""");

        var letters = await api.Server.EmailsAsync();
        Assert.DoesNotContain(letters, letter => letter.To == "quiet@example.com");
        Assert.Contains(
            "への招待が届いています", letters.Single(letter => letter.To == "ja@example.com").Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"inviter":{"name":"A"},"invitee":{"email":"a@example.com"}}""")]
    [InlineData("""{"inviter":{},"invitee":{"email":"a@example.com"},"client_id":"CLIENT"}""")]
    [InlineData("""{"inviter":{"name":"A"},"invitee":{"email":"nobody"},"client_id":"CLIENT"}""")]
    [InlineData(
        """{"inviter":{"name":"A"},"invitee":{"email":"a@example.com\r\nBcc: b@example.com"},"client_id":"CLIENT"}"""
    )]
    [InlineData(
        """{"inviter":{"name":"A"},"invitee":{"email":"a@example.com"},"client_id":"CLIENT","ttl_sec":2592001}"""
    )]
    [InlineData("""{"inviter":{"name":"A"},"invitee":{"email":"a@example.com"},"client_id":"CLIENT","ttl_sec":0}""")]
    [InlineData(
        """
        {"inviter":{"name":"A"},"invitee":{"email":"a@example.com"},"client_id":"CLIENT","connection_id":"con_none"}
        """
    )]
    [InlineData("""{"inviter":{"name":"A"},"invitee":{"email":"a@example.com"},"client_id":"DENIES"}""")]
    [InlineData("""{"inviter":{"name":"A"},"invitee":{"email":"a@example.com"},"client_id":"NOWHERE"}""")]
    public async Task An_invitation_that_can_not_be_accepted_is_not_sent(string body)
    {
        body = body.Replace("CLIENT", await NewClientAsync(), StringComparison.Ordinal)
            .Replace("DENIES", await api.NewClientAsync(), StringComparison.Ordinal)
            .Replace("NOWHERE", await api.NewClientAsync("\"organization_usage\":\"allow\""), StringComparison.Ordinal);

        Assert.Equal(400, (await api.PostAsync($"organizations/{await NewAsync()}/invitations", body)).Status);
    }

    [Fact]
    public async Task The_tenant_s_login_route_serves_where_the_client_has_none()
    {
        await api.PatchAsync("tenants/settings", """{"default_redirection_uri":"https://tenant.example/login"}""");
        var client = await api.NewClientAsync("\"organization_usage\":\"allow\"");
        var made = await api.PostAsync(
            $"organizations/{await NewAsync()}/invitations",
            $$"""{"inviter":{"name":"A"},"invitee":{"email":"a@example.com"},"client_id":"{{client}}"}"""
        );
        await api.PatchAsync("tenants/settings", """{"default_redirection_uri":null}""");

        Assert.StartsWith(
            "https://tenant.example/login?invitation=", made.Text("invitation_url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_grant_is_given_to_an_organization_that_it_is_for()
    {
        var (id, client) = (await NewAsync(), await NewClientAsync());
        await api.PostAsync("resource-servers", $$"""{"identifier":"https://{{id}}.example/"}""");
        var grant = (
            await api.PostAsync(
                "client-grants",
                $$"""{"client_id":"{{client}}","audience":"https://{{id}}.example/","scope":[]}"""
            )
        ).Text("id");
        var body = $$"""{"grant_id":"{{grant}}"}""";

        Assert.Equal(400, (await api.PostAsync($"organizations/{id}/client-grants", body)).Status);
        await api.PatchAsync(
            $"client-grants/{grant}",
            """{"organization_usage":"require","allow_any_organization":false}"""
        );
        Assert.Equal(201, (await api.PostAsync($"organizations/{id}/client-grants", body)).Status);
        Assert.Equal(409, (await api.PostAsync($"organizations/{id}/client-grants", body)).Status);
        Assert.Equal(
            id,
            (await api.GetAsync($"client-grants/{grant}/organizations?take=5"))["organizations"]![0]![
                "id"
            ]!.GetValue<string>());
        Assert.Equal(
            "require",
            (await api.GetAsync($"organizations/{id}/client-grants?client_id={client}")).List.Single()![
                "organization_usage"
            ]!.GetValue<string>());
        Assert.Equal(204, (await api.DeleteAsync($"organizations/{id}/client-grants/{grant}")).Status);
    }

    private async Task<string> NewAsync() =>
        (await api.PostAsync("organizations", $$"""{"name":"o{{Core.OpaqueToken.Hex(12)}}"}""")).Text("id");

    private Task<string> NewClientAsync() =>
        api.NewClientAsync(""" "organization_usage":"allow","initiate_login_uri":"https://app.example/login" """);
}
