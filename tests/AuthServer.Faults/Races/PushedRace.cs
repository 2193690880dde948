namespace AuthServer.Faults.Races;

/// <summary>One <c>request_uri</c>, RFC 9126 §4.</summary>
internal sealed class PushedRace(Person person) : IRace
{
    public static async Task<IRace> OpenAsync(Deployment deployment) =>
        new PushedRace(await Person.SignInAsync(deployment));

    public async Task<Heat> PrepareAsync()
    {
        var pushed = await person.SendAsync(
            person.Form(
                "/oauth/par",
                [.. person.Parameters().Where(p => p.Name != "client_id").Select(p => (p.Name, p.Value!))]));
        var reference = pushed["request_uri"] ?? throw new InvalidOperationException(pushed.Text);
        return new Heat(
            _ => person.Authorization(("request_uri", reference)),
            (_, reply) => Person.CodeOf(reply),
            reply => reply.Status is System.Net.HttpStatusCode.BadRequest);
    }
}
