using System.Net;
using AuthServer.Core;
using AuthServer.Core.Model;

namespace AuthServer.Faults.Races;

/// <summary>One invitation, and two accounts with the invited address: one of them becomes a member.</summary>
internal sealed class InvitationRace(
    Deployment deployment,
    Administrator administrator,
    string clientId,
    string[] connections,
    string email,
    Person[] people) : IRace
{
    private const string Password = "four unrelated words here";

    public static async Task<IRace> OpenAsync(Deployment deployment)
    {
        var administrator = await Administrator.SignInAsync(deployment);
        var client = await administrator.ClientAsync(new
        {
            name = "Application of members",
            app_type = "regular_web",
            callbacks = new[] { Person.Callback },
            initiate_login_uri = "https://app.example.com/login",
            organization_usage = "allow",
        });
        var (name, email) = ("Guests-" + OpaqueToken.Hex(4), $"{OpaqueToken.Hex(12)}@example.com");
        var guests = Administrator.Text(
            await administrator.PostAsync(
                "connections",
                new
                {
                    name,
                    strategy = "auth0",
                    enabled_clients = new[] { client.Id },
                }),
            "id");
        var known = Administrator.Text(
            (await administrator.GetAsync($"connections?name={Connection.DefaultDatabase}"))[0], "id");
        var people = new List<Person>();
        foreach (var connection in new[] { Connection.DefaultDatabase, name })
        {
            await administrator.UserAsync(email, Password, connection);
            people.Add(await Person.SignInAsync(deployment, client, email, Password, connection));
        }

        return new InvitationRace(deployment, administrator, client.Id, [known, guests], email, [.. people]);
    }

    public async Task<Heat> PrepareAsync()
    {
        var organization = Administrator.Text(
            await administrator.PostAsync(
                "organizations",
                new
                {
                    name = "o" + OpaqueToken.Hex(12),
                    enabled_connections = connections.Select(id => new { connection_id = id }),
                }),
            "id");
        var invitation = Administrator.Text(
            await administrator.PostAsync($"organizations/{organization}/invitations", new
            {
                inviter = new { name = "Ada" },
                invitee = new { email },
                client_id = clientId,
                send_invitation_email = false,
            }),
            "ticket_id");
        var ways = await Task.WhenAll(people.Select(person => WayAsync(person, organization, invitation)));
        return new Heat(
            racer => people[racer % 2].Visit(ways[racer % 2]),
            (racer, reply) => Person.CodeOf(reply) is null ? null : $"account {racer % 2}",
            reply => reply.Status is HttpStatusCode.Found)
        {
            CountAsync = async won =>
                Math.Max(
                    won.Count,
                    (await administrator.GetAsync($"organizations/{organization}/members")).GetArrayLength()),
        };
    }

    /// <summary>Up to the last step of an account that says yes, which is what accepts.</summary>
    private async Task<string> WayAsync(Person person, string organization, string invitation)
    {
        using var browser = person.NewBrowser(deployment.Address);
        await browser.OpenAsync(
            person.Authorization(("organization", organization), ("invitation", invitation)).RequestUri!.OriginalString
        );
        var agreed = await person.SendAsync(browser.Submission("invitation-accept")());
        return agreed.Location?.OriginalString
            ?? throw new InvalidOperationException($"{agreed.Status} {browser.Text}");
    }
}
