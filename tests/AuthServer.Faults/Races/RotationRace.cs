namespace AuthServer.Faults.Races;

/// <summary>One refresh token without leeway, RFC 9700 §4.14.2.</summary>
internal sealed class RotationRace(Person person) : IRace
{
    public static async Task<IRace> OpenAsync(Deployment deployment) =>
        new RotationRace(await Person.SignInAsync(deployment, leeway: 0));

    public async Task<Heat> PrepareAsync()
    {
        var token = await person.NewFamilyAsync();
        return Heat.ForTokens(_ => person.Refresh(token), "invalid_grant");
    }
}

/// <summary>
/// One refresh token within the leeway: every request gets the same successor, and the family stays valid.
/// </summary>
internal sealed class LeewayRace(Person person) : IRace
{
    public static async Task<IRace> OpenAsync(Deployment deployment) =>
        new LeewayRace(await Person.SignInAsync(deployment, leeway: 60));

    public async Task<Heat> PrepareAsync()
    {
        var token = await person.NewFamilyAsync();
        return new Heat(_ => person.Refresh(token), (_, reply) => reply.RefreshToken, _ => false)
        {
            CountAsync = async children =>
                (await person.RefreshAsync(children.First())).Acknowledged ? children.Count : 0,
        };
    }
}
