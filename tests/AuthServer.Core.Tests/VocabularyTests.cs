using System.Reflection;
using System.Security.Cryptography;
using AuthServer.Core.Authorizations;

namespace AuthServer.Core.Tests;

/// <summary>Shared types: errors, secrets, scopes, parameters.</summary>
public sealed class VocabularyTests
{
    [Fact]
    public void Every_error_keeps_to_the_characters_of_rfc_6749()
    {
        var factories = typeof(OAuthError)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.ReturnType == typeof(OAuthError) && m.GetParameters().Length == 1)
            .ToList();

        Assert.NotEmpty(factories);
        foreach (var factory in factories)
        {
            var error = (OAuthError)factory.Invoke(null, ["say \"hi\"\\ to\r\n日本"])!;
            Assert.Equal("say 'hi'' to????", error.Description);
            Assert.Matches("^[a-z_]+$", error.Code);
        }
    }

    [Fact]
    public void The_reason_of_an_Action_keeps_its_script()
    {
        var error = OAuthError.OfAction("access_denied", "say \"hi\"\\ to\r\n日本\u0085", executionId: null);

        Assert.Equal("say \"hi\"\\ to  日本 ", error.Description);
    }

    [Fact]
    public void A_secret_does_not_print()
    {
        Assert.Equal("•••", new Secret("hunter2").ToString());
        Assert.Equal("{}", System.Text.Json.JsonSerializer.Serialize(new Secret("hunter2")));
    }

    [Fact]
    public void Tokens_have_256_bits_and_ids_their_alphabet()
    {
        Assert.Equal(43, OpaqueToken.Create().Reveal().Length);
        Assert.Matches("^[A-Za-z0-9]{64}$", OpaqueToken.Alphanumeric(64));
        Assert.Matches("^[0-9a-f]{24}$", OpaqueToken.Hex(24));
    }

    [Theory]
    [InlineData("openid  profile openid", "openid profile")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Scopes_are_an_ordered_set(string? text, string expected)
    {
        Assert.True(Scopes.Parse(text).Succeeded(out var scopes, out _));
        Assert.Equal(expected, scopes.ToString());
    }

    [Theory]
    [InlineData("a\tb")]
    [InlineData("a\"b")]
    [InlineData("日本")]
    public void Scopes_have_the_characters_of_rfc_6749(string text)
    {
        Assert.False(Scopes.Parse(text).Succeeded(out _, out var error));
        Assert.Equal("invalid_scope", error.Code);
    }

    [Fact]
    public void An_empty_parameter_is_absent_and_a_doubled_one_is_refused()
    {
        Assert.True(RequestParameters.From([new("a", ""), new("b", "1")]).Succeeded(out var parameters, out _));
        Assert.False(parameters.Has("a"));
        Assert.False(RequestParameters.From([new("a", ""), new("a", "1")]).Succeeded(out _, out _));
    }

    [Fact]
    public void Only_the_rotated_token_decrypts_its_successor()
    {
        var (rotated, successor) = (OpaqueToken.Create(), OpaqueToken.Create());
        var encrypted = SuccessorEncryption.Encrypt(rotated, successor);

        Assert.Equal(successor.Reveal(), SuccessorEncryption.Decrypt(rotated, encrypted).Reveal());
        Assert.ThrowsAny<CryptographicException>(() => SuccessorEncryption.Decrypt(OpaqueToken.Create(), encrypted));
    }
}
